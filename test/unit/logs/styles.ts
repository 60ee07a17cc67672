// Our own lines in the manner of well-known systems: each case is what a person would call one message, with the values drawn.
// A case says what must be told apart; none of the lines is taken from a published data set.

export type Case = { readonly event: string; readonly times: number; readonly line: (draw: Draw) => string };
export type Draw = {
  readonly int: (low: number, high: number) => number;
  readonly hex: (digits: number) => string;
  readonly pick: (options: readonly string[]) => string;
  readonly ip: () => string;
};

/** A small seeded generator (mulberry32), so that every run sees the same lines. */
export function drawFrom(seed: number): Draw {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const int = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  return {
    int,
    hex: (digits) => Array.from({ length: digits }, () => int(0, 15).toString(16)).join(''),
    pick: (options) => options[int(0, options.length - 1)] ?? '',
    ip: () => `10.${int(0, 255)}.${int(0, 255)}.${int(1, 254)}`,
  };
}

const c = (event: string, times: number, line: Case['line']): Case => ({ event, times, line });
const USERS = [
  'root',
  'root',
  'root',
  'root',
  'root',
  'root',
  'alice',
  'backup',
  'ftpuser',
  'oracle7',
] as const;
const HOSTS = [
  'mail.example.net',
  'static-10-2-0-9.pool.example.com',
  'ns1.example.org',
  'relay.site.example',
  'h77.dsl.example.jp',
] as const;

export const STYLES: Readonly<Record<string, readonly Case[]>> = {
  'remote login': [
    c(
      'password',
      200,
      (d) => `Rejected password for ${d.pick(USERS)} from ${d.ip()} port ${d.int(1024, 65000)} ssh2`,
    ),
    c(
      'password-invalid',
      60,
      (d) =>
        `Rejected password for invalid user ${d.pick(['admin', 'test', 'guest', '1234', 'pi', 'ubuntu', 'git'])} from ${d.ip()} port ${d.int(1024, 65000)} ssh2`,
    ),
    c(
      'invalid',
      60,
      (d) => `Unknown user ${d.pick(['admin', 'test', 'guest', '1234', 'pi', 'a.b', 'git'])} from ${d.ip()}`,
    ),
    c(
      'request',
      50,
      (d) => `auth_request: unknown user ${d.pick(['admin', 'test', 'guest', 'pi2', 'git'])} [early]`,
    ),
    c('closed', 60, (d) => `Connection closed by ${d.ip()} [early]`),
    c('bye', 60, (d) => `Disconnect from ${d.ip()}: ${d.int(1, 14)}: Bye Bye [early]`),
    c(
      'bye-exception',
      20,
      (d) =>
        `error: Disconnect from ${d.ip()}: ${d.int(1, 14)}: com.example.ssh.ShellException: Auth fail [early]`,
    ),
    c(
      'pam',
      90,
      (d) =>
        `pam(sshd:auth): failed login; logname= uid=0 euid=0 tty=ssh ruser= rhost=${d.pick([d.ip(), d.pick(HOSTS)])} `,
    ),
    c(
      'pam-user',
      60,
      (d) =>
        `pam(sshd:auth): failed login; logname= uid=0 euid=0 tty=ssh ruser= rhost=${d.ip()}  user=${d.pick(USERS)}`,
    ),
    c(
      'reverse',
      60,
      (d) => `reverse lookup of ${d.pick(HOSTS)} [${d.ip()}] did not agree - POSSIBLE SPOOFING!`,
    ),
    c(
      'opened',
      40,
      (d) =>
        `pam(cron:session): session opened for user ${d.pick(['root', 'news', 'cyrus'])} by (uid=${d.int(0, 9)})`,
    ),
    c('shut', 40, (d) => `pam(cron:session): session closed for user ${d.pick(['root', 'news', 'cyrus'])}`),
    c(
      'repeated',
      10,
      (d) =>
        `message repeated ${d.int(2, 9)} times: [ Rejected password for root from ${d.ip()} port ${d.int(1024, 65000)} ssh2]`,
    ),
    c(
      'more',
      10,
      (d) => `PAM ${d.int(2, 5)} more failed logins; logname= uid=0 euid=0 tty=ssh ruser= rhost=${d.ip()}`,
    ),
  ],
  'map and reduce': [
    c(
      'progress',
      150,
      (d) =>
        `Progress of task attempt_14454${d.int(10, 99)}_00${d.int(10, 20)}_m_0000${d.int(10, 99)}_0 is : ${d.int(0, 9)}.${d.int(1000, 99999)}`,
    ),
    c(
      'retry',
      90,
      (d) =>
        `Retrying connect to server: ${d.pick(['node-sa-41:8030', 'nameserver:9000', `10.0.0.${d.int(1, 9)}:8020`])}. Tried ${d.int(0, 9)} time(s) already; policy is FixedSleep(maxRetries=10, sleepTime=1000 MILLISECONDS)`,
    ),
    c(
      'headroom',
      60,
      (d) => `Recomputing schedule, headroom=<memory:${d.int(0, 8000)}, vCores:${d.int(-30, 0)}>`,
    ),
    c(
      'resources',
      40,
      (d) =>
        `resources for application_144_00${d.int(1, 9)}: ask=${d.int(0, 9)} release= ${d.int(0, 3)} newContainers=${d.int(0, 9)} limit=<memory:${d.int(0, 99)}, vCores:${d.int(-9, 9)}> knownNodes=${d.int(1, 9)}`,
    ),
    c(
      'before',
      20,
      (d) => `Before Scheduling: Pending:${d.int(0, 9)} Scheduled:${d.int(0, 9)} Assigned:${d.int(0, 9)}`,
    ),
    c(
      'after',
      20,
      (d) => `After Scheduling: Pending:${d.int(0, 9)} Scheduled:${d.int(0, 9)} Assigned:${d.int(0, 9)}`,
    ),
    c('jvm', 30, (d) => `JVM with ID : jvm_14_00${d.int(10, 99)}_m_00${d.int(10, 99)} wants a task`),
    c(
      'given',
      30,
      (d) =>
        `JVM with ID: jvm_14_00${d.int(10, 99)}_m_00${d.int(10, 99)} given task: attempt_14_00${d.int(10, 99)}_m_0`,
    ),
    c(
      'register',
      27,
      (d) =>
        `Registering class org.example.mr.${d.pick(['job.JobEvent', 'task.TaskEvent', 'job.FinishEvent', 'rm.ContainerAllocator', 'launcher.Launcher', 'clean.Cleaner', 'speculate.Speculator'])}Type for class org.example.mr.${d.pick(['job.Dispatcher', 'task.Dispatcher', 'job.FinishHandler', 'rm.Router', 'launcher.Router', 'clean.Router'])}`,
    ),
    c(
      'address',
      20,
      (d) => `Address change seen. Old: node-sa-41/10.19.17.${d.int(1, 9)}:9000 New: node-sa-41:9000`,
    ),
    c(
      'slow',
      15,
      (d) =>
        `Slow response took ${d.int(30000, 90000)}ms (limit=30000ms); ack: seqno: ${d.int(-2, 9)} status: SUCCESS status: ERROR downstream: 0, targets: [${d.ip()}:50010, ${d.ip()}:50010]`,
    ),
    c('killing', 9, (d) => `KILLING attempt_14_00${d.int(10, 99)}_m_0`),
  ],
  'in-memory blocks': [
    c(
      'values',
      120,
      (d) =>
        `Block ${d.pick([`rdd_${d.int(0, 99)}_${d.int(0, 99)}`, `broadcast_${d.int(0, 99)}`])} kept as values in memory (estimated size ${d.int(1, 999)}.${d.int(0, 9)} ${d.pick(['B', 'KB', 'MB'])}, free ${d.int(1, 999)}.${d.int(0, 9)} ${d.pick(['KB', 'GB'])})`,
    ),
    c(
      'bytes',
      120,
      (d) =>
        `Block broadcast_${d.int(0, 99)}_piece0 kept as bytes in memory (estimated size ${d.int(1, 999)}.${d.int(0, 9)} ${d.pick(['B', 'KB', 'MB'])}, free ${d.int(1, 999)}.${d.int(0, 9)} KB)`,
    ),
    c('found', 90, (d) => `Found block rdd_${d.int(0, 99)}_${d.int(0, 99)} locally`),
    c(
      'running',
      90,
      (d) => `Running task ${d.int(0, 9)}.0 in stage ${d.int(0, 99)}.0 (TID ${d.int(0, 999)})`,
    ),
    c(
      'finished',
      90,
      (d) =>
        `Finished task ${d.int(0, 9)}.0 in stage ${d.int(0, 99)}.0 (TID ${d.int(0, 999)}). ${d.int(900, 3000)} bytes of result sent`,
    ),
    c(
      'split',
      40,
      (d) =>
        `Input split: hdfs://10.0.0.${d.int(1, 9)}:9000/in/part-${d.int(10, 99)}.txt:${d.int(0, 9999)}+${d.int(0, 9999)}`,
    ),
    c('acls', 4, () => `Changing view acls to: yarn`),
    c(
      'times',
      40,
      (d) =>
        `Times: total = ${d.int(30, 90)}, boot = ${d.int(-99, 9)}, init = ${d.int(30, 90)}, finish = ${d.int(0, 9)}`,
    ),
    c('took', 40, (d) => `Reading broadcast variable ${d.int(0, 99)} took ${d.int(1, 99)} ms`),
  ],
  coordination: [
    c('accepted', 60, (d) => `Accepted socket connection from /${d.ip()}:${d.int(1024, 65000)}`),
    c(
      'closed-session',
      60,
      (d) =>
        `Closed socket connection for client /${d.ip()}:${d.int(1024, 65000)} which had session 0x${d.hex(15)}`,
    ),
    c(
      'closed-none',
      60,
      (d) =>
        `Closed socket connection for client /${d.ip()}:${d.int(1024, 65000)} (no session established for client)`,
    ),
    c('broken', 90, (d) => `Connection broken for id ${d.int(1, 3)}, my id = ${d.int(1, 3)}, error =`),
    c('leaving', 60, () => 'Send worker leaving thread'),
    c('interrupting', 60, () => 'Interrupting SendWorker'),
    c('waiting', 60, () => 'Interrupted while waiting for message on queue'),
    c('env-java', 3, (d) => `Server environment:java.version=1.${d.int(6, 8)}.0_${d.int(10, 90)}`),
    c('env-home', 3, (d) => `Server environment:java.home=/usr/lib/jvm/java-${d.int(6, 8)}/jre`),
    c('env-os', 3, () => 'Server environment:os.name=Linux'),
    c(
      'notify',
      40,
      (d) =>
        `Notification: ${d.int(1, 3)} (n.leader), 0x${d.hex(9)} (n.zxid), 0x${d.int(1, 9)} (n.round), LOOKING (n.state), ${d.int(1, 3)} (n.sid), 0x${d.int(1, 9)} (n.epoch), LOOKING (my state)`,
    ),
    c(
      'smaller',
      30,
      (d) => `Have smaller server identifier, so dropping the connection: (${d.int(1, 3)}, ${d.int(1, 3)})`,
    ),
    c('timeout', 30, (d) => `Expiring session 0x${d.hex(14)}9, timeout of ${d.int(1, 9)}0000ms exceeded`),
    c('open', 30, (d) => `Cannot open channel to ${d.int(1, 3)} at election address /${d.ip()}:3888`),
  ],
  'cluster hardware': [
    c(
      'fans',
      60,
      (d) =>
        `Fan speeds ( ${Array.from({ length: 6 }, () => (d.int(0, 5) === 0 ? '****' : String(d.int(3000, 3600)))).join(' ')} )`,
    ),
    c('full', 20, (d) => `FileSystem domain storage${d.int(1, 999)} is full`),
    c('panic', 20, (d) => `FileSystem: a domain panic has occurred on storage${d.int(1, 999)}`),
    c('psu-on', 20, () => 'PSU status ( on on )'),
    c('psu-off', 20, () => 'PSU status ( off on )'),
    c(
      'component',
      40,
      (d) =>
        `Component State Change: Component \\042alt${d.int(0, 9)}\\042 is in the unavailable state (HWID=${d.int(1000, 9999)})`,
    ),
    c(
      'targeting',
      30,
      (d) =>
        `Targeting domains:node-D${d.int(0, 9)} and nodes:node-[${d.int(0, 30)}-${d.int(31, 60)}] child of command ${d.int(1, 999)}`,
    ),
    c('command', 30, (d) => `boot (command ${d.int(1000, 9999)}) Error: machine check`),
    c('temp', 20, (d) => `Temperature (${d.int(30, 60)}C) exceeds warning threshold`),
    c(
      'link',
      20,
      (d) => `Link error on tree Interconnect-${d.int(0, 9)}T00:0${d.int(0, 9)}:0:${d.int(0, 3)}`,
    ),
    c(
      'nodesets',
      12,
      (d) =>
        `inconsistent nodesets ${Array.from({ length: d.int(4, 9) }, () => `node-${d.int(0, 99)} 0x${d.hex(8)} <ok>`).join(' ')}`,
    ),
  ],
  'servers of a grid': [
    c('closed', 60, (d) => `session closed for user ${d.pick(['root', 'grid'])}`),
    c('cmd', 60, (d) => `(root) CMD (run-parts /etc/cron.${d.pick(['hourly', 'daily'])})`),
    c('sync', 30, (d) => `synchronized to ${d.ip()}, stratum ${d.int(1, 4)}`),
    c(
      'source',
      60,
      (d) =>
        `data_thread() got no answer from any [Rack_${d.pick(['A', 'B', 'C', 'D'])}${d.int(1, 8)}] datasource`,
    ),
    c('from', 40, (d) => `connect from ${d.pick(['gate-a', 'gate-b', 'edge'])}.example.net (${d.ip()})`),
    c(
      'tmp',
      20,
      (d) =>
        `warning: mail_queue_enter: create file maildrop/${d.int(1000, 9999)}.${d.int(100, 999)}: Permission denied`,
    ),
    c(
      'dhcp',
      40,
      (d) => `DHCPDISCOVER from 00:11:${d.hex(2)}:${d.hex(2)}:${d.hex(2)}:${d.hex(2)} via eth${d.int(0, 1)}`,
    ),
    c(
      'ack',
      40,
      (d) =>
        `DHCPACK on ${d.ip()} to 00:11:${d.hex(2)}:${d.hex(2)}:${d.hex(2)}:${d.hex(2)} via eth${d.int(0, 1)}`,
    ),
  ],
  'package servicing': [
    c(
      'read',
      90,
      (d) =>
        `Read out cached state for package: Package_for_KB29${d.int(1000, 9999)}~31bf38${d.hex(10)}~amd64~~6.1.1.${d.int(0, 9)}, Applicable: ${d.int(0, 112)}, Current:${d.int(0, 112)}`,
    ),
    c(
      'init',
      40,
      (d) =>
        `Session: 305463${d.int(10, 99)}_${d.int(100000, 999999)} initialized by client ${d.pick(['UpdateAgent', 'SPP'])}.`,
    ),
    c('element', 40, (d) => `Failed to get next element [HRESULT = 0x800f0${d.hex(3)} - E_INVALID_ITEM]`),
    c(
      'stack',
      9,
      (d) =>
        `Loaded Servicing Stack v6.1.7601.${d.int(10000, 30000)} with Core: C:\\Windows\\store\\amd64_stack_31bf_6.1.${d.int(1, 9)}\\core.dll`,
    ),
    c(
      'csi',
      30,
      (d) =>
        `000000${d.hex(2)}@2026/11/${d.int(10, 28)}:20:30:31.455 Initialize (w.dll version 0.0.0.6) called (stack @0x7fe${d.hex(8)})`,
    ),
    c(
      'upload',
      30,
      (d) =>
        `SQM: Queued ${d.int(1, 9)} file(s) for upload with pattern: C:\\Windows\\sqm\\*.sqm, flags: 0x${d.int(1, 9)}`,
    ),
    c('warn', 30, () => 'Warning: Unrecognized packageExtended attribute.'),
    c('start', 10, () => 'Starting the installer initialization.'),
    c('end', 10, () => 'Ending the installer initialization.'),
    c('nostart', 10, () => 'Idle processing thread terminated normally'),
  ],
  'a desktop': [
    c(
      'seq',
      30,
      (d) =>
        `ARPT: ${d.int(600000, 700000)}.${d.int(100000, 999999)}: wl0: update_seq: Original Seq: ${d.int(1, 4294967295)}, Ack: ${d.int(1, 4294967295)}, Win size: 4096`,
    ),
    c(
      'captive',
      20,
      (d) =>
        `Captive: en${d.int(0, 1)}: Not probing '${d.pick(['My Guest', 'Office', 'Hotel Lobby 5G'])}' (protected network)`,
    ),
    c('changed', 20, (d) => `en0: BSSID changed to 5c:50:${d.hex(2)}:${d.hex(2)}:${d.hex(2)}:${d.hex(2)}`),
    c('exit', 20, (d) => `Service exited with abnormal code: ${d.int(1, 99)}`),
    c(
      'spawn',
      20,
      (d) => `Service only ran for ${d.int(0, 9)} seconds. Pushing respawn out by ${d.int(1, 10)} seconds.`,
    ),
    c('link-up', 12, (d) => `Ethernet [Driver]: Link up on en${d.int(0, 3)}, 1-Gigabit, Full-duplex`),
    c('link-down', 12, (d) => `Ethernet [Driver]: Link down on en${d.int(0, 3)}`),
    c('cause', 12, (d) => `Previous sleep cause: ${d.int(1, 9)}`),
    c(
      'task',
      12,
      (d) =>
        `DASActivity told me to run job com.example.backup.daily; but the start time is not for ${d.int(1, 400000)}.${d.int(100000, 999999)} seconds. Ignoring.`,
    ),
    c(
      'vm-started',
      10,
      (d) =>
        `[instance: ${d.hex(8)}-${d.hex(4)}-${d.hex(4)}-${d.hex(4)}-${d.hex(12)}] VM Started (Lifecycle Event)`,
    ),
    c(
      'vm-paused',
      10,
      (d) =>
        `[instance: ${d.hex(8)}-${d.hex(4)}-${d.hex(4)}-${d.hex(4)}-${d.hex(12)}] VM Paused (Lifecycle Event)`,
    ),
    c(
      'vm-resumed',
      10,
      (d) =>
        `[instance: ${d.hex(8)}-${d.hex(4)}-${d.hex(4)}-${d.hex(4)}-${d.hex(12)}] VM Resumed (Lifecycle Event)`,
    ),
  ],
};

/** A style's lines in a drawn order, each with the event it belongs to. */
export function linesOf(cases: readonly Case[], seed: number): { event: string; line: string }[] {
  const draw = drawFrom(seed);
  const lines = cases.flatMap(({ event, times, line }) =>
    Array.from({ length: times }, () => ({ event, line: line(draw) })),
  );
  for (let i = lines.length - 1; i > 0; i--) {
    const j = draw.int(0, i);
    [lines[i], lines[j]] = [lines[j]!, lines[i]!];
  }
  return lines;
}
