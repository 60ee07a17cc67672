/** Which raw lines belong to the line before them: stack traces and what is indented under a head. */

const TRACE =
  /^(?:at\s+\S|Caused by: |Suppressed: |\.\.\. \d+ (?:more|common frames)|Traceback \(most recent call last\):|goroutine \d+ \[)/;
/** `java.io.IOException: …`, `ValueError: …`: the sentence that opens a Java trace and closes a Python one. */
const EXCEPTION = /^(?:[A-Za-z_$][\w$]*\.)*[A-Z][\w$]*(?:Exception|Error|Throwable|Interrupt|Exit)(?::|$)/;

/**
 * True when a line that is not of its source's format continues the line before it. Lines without a header that look like
 * none of this stand for themselves: nothing is swallowed.
 */
export function continues(line: string): boolean {
  const first = line.charCodeAt(0);
  return first === 9 || first === 32 || first === 0x3000 || TRACE.test(line) || EXCEPTION.test(line);
}

/** Frames of a trace as Java, .NET and JavaScript write them: these stand for nothing by themselves, also where no line has a header. */
const FRAME =
  /^(?:[\t \u3000]+at\s+\S.*[)\]>\d]\s*$|[\t ]*(?:\.\.\. \d+ (?:more|common frames)|Caused by: |Suppressed: ))/;
/** True when a line continues the one before it in a source whose lines have no header to tell heads by. */
export const isFrame = (line: string): boolean => FRAME.test(line);
