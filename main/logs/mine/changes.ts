import type { TemplateEvent, TemplateRow } from '../types.ts';
import type { Entry } from './entry.ts';
import { writeRow } from './saved-templates.ts';

/** What changed about the templates since it was last taken: once each, however often. */
export class Changes {
  private readonly dirty = new Set<Entry>();
  private events: TemplateEvent[] = [];

  created(entry: Entry): void {
    this.dirty.add(entry);
    this.events.push({ templateId: entry.id, what: 'created', others: [] });
  }
  /** Its words have changed (`eth0` to `eth<*>`), or only the type of a parameter. */
  widened(entry: Entry, words: boolean): void {
    this.dirty.add(entry);
    if (words && !this.events.some((e) => e.templateId === entry.id && e.what === 'widened'))
      this.events.push({ templateId: entry.id, what: 'widened', others: [] });
  }
  /** `entry` took in `others`, which may be none. */
  absorbed(entry: Entry, others: readonly Entry[]): void {
    this.dirty.add(entry);
    for (const other of others) this.dirty.add(other);
    if (others.length)
      this.events.push({ templateId: entry.id, what: 'absorbed', others: others.map((e) => e.id) });
  }
  touch(entry: Entry): void {
    this.dirty.add(entry);
  }
  take(): { rows: TemplateRow[]; events: TemplateEvent[] } {
    const rows = [...this.dirty].sort((a, b) => a.id - b.id).map(writeRow);
    const { events } = this;
    this.dirty.clear();
    this.events = [];
    return { rows, events };
  }
}
