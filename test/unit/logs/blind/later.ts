import { at, milli, type Story } from './draw-story.ts';

/** Written when the rules stood, and measured once. */
export const LATER: readonly Story[] = [
  {
    name: 'chat and game server',
    header: (d, level, n) => `2026-11-21T${at(n)}.${milli(d)}Z [${level}] `,
    values: {
      player: 'xXslayerXx|luna|Mr_Potato|kenji07|ghost-3|Ana',
      map: 'dust|harbor|old-town|ice_cave',
      guild: 'Night Owls|Red Moon|TEAM7|lone wolves',
      why: 'timeout|kicked by admin|client quit|version mismatch',
      item: 'iron_sword|healing_potion|map_fragment',
      region: 'eu-west|asia-1|us-east',
    },
    events: `
260 Player {player} joined match {n} on map {map}
240 Player {player} left match {n}: {why}
200 Tick {big} took {n} ms (budget {n} ms)
120 Match {n} started with {d} players on {map}
110 Match {n} ended after {n} seconds, winner {player}
90 Saved profile of {player} in {n} ms
60W Tick {big} overran its budget by {n} ms
60 Guild {guild} gained {n} points
40 Player {player} picked up {item} x{d}
40 Player {player} dropped {item} x{d}
30 Heartbeat from region {region}: rtt={n}ms players={n}
25E Could not save profile of {player}: database is locked
20E Could not load profile of {player}: file is corrupt
20W Player {player} was muted for {n} minutes by {player}
14W Player {player} was banned for {n} days by {player}
12 Matchmaking queue length {n}, average wait {dec} s
10 Shard {d} online at {ip}:{port}
8 Shard {d} offline
8W Suspicious movement by {player}: {dec} m in {n} ms
6 Config reloaded from /etc/game/server.yml
4 Listening on 0.0.0.0:{port} (udp)
3 Listening on 0.0.0.0:{port} (tcp)
2 Starting server version {ver}
2 Shutting down, {n} players connected
1 World seed is {big}
1E Uncaught exception in handler onMove
`,
  },
  {
    name: 'plant control',
    header: (d, _level, n, of) =>
      `11/21/2026 ${at(n)}.${milli(d)} ${of(['PLC01', 'PLC02', 'HMI', 'HIST', 'OPC'])} ${of(['A', 'E', 'I'])} `,
    values: {
      tag: (d) => `${d.pick(['TT', 'PT', 'FT', 'LT'])}-${d.int(100, 499)}${d.pick(['', 'A', 'B'])}`,
      valve: (d) => `XV-${d.int(100, 199)}`,
      motor: (d) => `M${d.int(1, 40)}`,
      unit: 'degC|bar|m3/h|%',
      op: 'okada|shift2|guest|j.smith',
      recipe: 'Base 40|Primer white|Clear coat|Rinse',
      bad: 'bad quality|out of service|sensor fault|communication failure',
    },
    events: `
260 Tag {tag} changed from {dec} to {dec} {unit}
170 Alarm HI on {tag}: value {dec} limit {dec}
140 Alarm HIHI on {tag}: value {dec} limit {dec}
120 Alarm LO on {tag}: value {dec} limit {dec}
110 Alarm on {tag} acknowledged by {op}
90 Alarm on {tag} cleared
80 Valve {valve} opened
80 Valve {valve} closed
40 Valve {valve} failed to open within {n} s
30 Valve {valve} failed to close within {n} s
60 Motor {motor} started, current {dec} A
60 Motor {motor} stopped
16 Motor {motor} tripped: overload
10 Motor {motor} tripped: phase loss
40 Batch {n} phase {d} begins, recipe {recipe}
40 Batch {n} phase {d} complete
20 Operator {op} logged on at station {d}
18 Operator {op} logged off
18 Setpoint of {tag} changed by {op} from {dec} to {dec}
20 Tag {tag} status: {bad}
14 OPC read of {n} items took {n} ms
10 OPC group {d} subscription lost, reconnecting
8 OPC server {ip} connected
6 Archive file {date}_{n}.his closed, {n} records
5 Watchdog timeout in task {d}, cycle {n} ms
3 Communication with rack {d} lost
3 Communication with rack {d} restored
2 Controller switched to RUN
2 Controller switched to PROGRAM
1 Battery low in rack {d}
1 Firmware {ver} loaded
`,
  },
  {
    name: 'backup and storage array',
    header: (_d, level, n, of) =>
      `Sat Nov 21 ${at(n)} 2026 ${of(['array-a', 'array-a', 'array-b'])} ${of(['raid', 'repl', 'nfsd', 'snap', 'hw'])}: ${level === 'ERROR' ? 'ERROR ' : level === 'WARN' ? 'WARN ' : ''}`,
    values: {
      vol: 'vol_home|vol_db1|scratch|vm-store|archive2019',
      disk: (d) => `${d.int(0, 3)}.${d.int(0, 23)}`,
      host: 'esx01|esx02|db-prod-1|10.1.4.20|backup',
      snap: (d) => `hourly.2026-11-21_${d.int(10, 23)}00`,
      model: 'ST4000NM|WD4003FRYZ|MZ7LH',
      pol: 'nightly full|hourly|weekly offsite copy',
    },
    events: `
220 Snapshot {snap} of volume {vol} created in {n} ms
160 Snapshot {snap} of volume {vol} deleted
130 Replication of {vol} to {host} finished: {n} MB in {n} s
90 Replication of {vol} to {host} started
30E Replication of {vol} to {host} failed: connection reset by peer
20E Replication of {vol} to {host} failed: destination volume is full
140 Client {host} mounted /export/{vol}
110 Client {host} unmounted /export/{vol}
40W Client {host} is not responding, {n} requests pending
60 Disk {disk} temperature is {n} C
30W Disk {disk} ({model}) reported {n} reallocated sectors
12E Disk {disk} ({model}) failed
10 Disk {disk} rebuild started
30 Disk {disk} rebuild {n}% complete
8 Disk {disk} rebuild finished after {clock}
60 Policy "{pol}" started for {vol}
60 Policy "{pol}" finished for {vol}, {n} files, {n} errors
20W Volume {vol} is {n}% full
14 Volume {vol} extended by {n} GB
14W Latency of {vol} above {n} ms for {n} s
10 Fan {d} speed {n} rpm
6W Fan {d} below minimum speed ({n} rpm)
6 Power supply {d} on
4E Power supply {d} off
8 Cache flushed, {n} dirty pages written
4 Controller {A|B} took over from controller {A|B}
3 Link {n} up, {n} Gb/s
3W Link {n} down
2 NTP offset {dec} ms
1 License expires in {n} days
1 Self test passed
`,
  },
];
