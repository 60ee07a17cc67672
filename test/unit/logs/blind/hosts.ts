import { at, type Story } from './draw-story.ts';

/** Hosts, desktops and network gear. */
export const HOSTS: readonly Story[] = [
  {
    name: 'login and cron host',
    header: (d, _level, n, of) =>
      `Nov ${n < 1000 ? ' 9' : '10'} ${at(n)} bastion ${of([`sshd[${d.int(900, 32000)}]`, `sshd[${d.int(900, 32000)}]`, `sudo`, `CRON[${d.int(900, 32000)}]`, `systemd-logind[512]`, `su[${d.int(900, 32000)}]`])}: `,
    values: {
      user: 'root|admin|oracle|test|git|deploy|ubuntu|a.sato|www-data|postgres|user1|pi|nagios',
      cmd: '/usr/bin/systemctl restart nginx|/bin/cat /etc/shadow|/usr/bin/apt-get update|/usr/bin/less /var/log/syslog|/bin/su -',
      rhost: (d) => (d.int(0, 2) ? d.ip() : `host-${d.int(1, 99)}.isp.example.com`),
      job: '   cd / && run-parts --report /etc/cron.hourly|[ -x /usr/lib/php/sessionclean ] && /usr/lib/php/sessionclean|/opt/backup/run.sh --full > /dev/null 2>&1',
    },
    events: `
380E Failed password for {user} from {ip} port {port} ssh2
200 Failed password for invalid user {user} from {ip} port {port} ssh2
150 Invalid user {user} from {ip} port {port}
150 pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost={rhost}  user={user}
120 pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost={rhost} 
140 pam_unix(sshd:auth): check pass; user unknown
120 Connection closed by authenticating user {user} {ip} port {port} [preauth]
90 Connection closed by invalid user {user} {ip} port {port} [preauth]
80 Disconnected from authenticating user {user} {ip} port {port} [preauth]
60 Received disconnect from {ip} port {port}:11: Bye Bye [preauth]
60 Received disconnect from {ip} port {port}:11: disconnected by user
60 Disconnected from user {user} {ip} port {port}
50 Accepted publickey for {user} from {ip} port {port} ssh2: {RSA|ED25519} SHA256:{hex32}
20 Accepted password for {user} from {ip} port {port} ssh2
80 pam_unix(cron:session): session opened for user {root|www-data|postgres} by (uid=0)
80 pam_unix(cron:session): session closed for user {root|www-data|postgres}
60 pam_unix(sshd:session): session opened for user {user} by (uid=0)
60 pam_unix(sshd:session): session closed for user {user}
50 ({root|www-data|postgres}) CMD ({job})
30  {user} : TTY=pts/{d} ; PWD=/home/{user} ; USER=root ; COMMAND={cmd}
6   {user} : user NOT in sudoers ; TTY=pts/{d} ; PWD=/home/{user} ; USER=root ; COMMAND={cmd}
4   {user} : {d} incorrect password attempts ; TTY=pts/{d} ; PWD=/home/{user} ; USER=root ; COMMAND={cmd}
20 pam_unix(sudo:session): session opened for user root by {user}(uid={n})
20 pam_unix(sudo:session): session closed for user root
25 New session {n} of user {user}.
25 Removed session {n}.
14 Session {n} logged out. Waiting for processes to exit.
30 error: maximum authentication attempts exceeded for {user} from {ip} port {port} ssh2 [preauth]
14 error: maximum authentication attempts exceeded for invalid user {user} from {ip} port {port} ssh2 [preauth]
30 Disconnecting authenticating user {user} {ip} port {port}: Too many authentication failures [preauth]
14 Disconnecting invalid user {user} {ip} port {port}: Too many authentication failures [preauth]
20 Did not receive identification string from {ip} port {port}
14 reverse mapping checking getaddrinfo for {rhost} [{ip}] failed.
10 Address {ip} maps to {rhost}, but this does not map back to the address.
8 Unable to negotiate with {ip} port {port}: no matching key exchange method found. Their offer: {diffie-hellman-group1-sha1|diffie-hellman-group14-sha1,diffie-hellman-group-exchange-sha1|ecdh-sha2-nistp256} [preauth]
5 fatal: Timeout before authentication for {ip} port {port}
6 message repeated {d} times: [ Failed password for {user} from {ip} port {port} ssh2]
4 User {user} from {ip} not allowed because not listed in AllowUsers
3 pam_succeed_if(sshd:auth): requirement "uid >= 1000" not met by user "{user}"
3 Successful su for {user} by {user}
2 FAILED su for {user} by {user}
3 + /dev/pts/{d} {user}:{user}
2 new user: name={user}, UID={n}, GID={n}, home=/home/{user}, shell=/bin/bash
2 new group: name={user}, GID={n}
2 Server listening on 0.0.0.0 port 22.
2 Server listening on :: port 22.
2 Received signal 15; terminating.
1 Received SIGHUP; restarting.
1 Power key pressed.
1 System is rebooting.
2 pam_tally2(login:auth): user {user} ({n}) tally {d}, deny 5
1 Bad protocol version identification '\\026\\003\\001' from {ip} port {port}
1 ssh_dispatch_run_fatal: Connection from {ip} port {port}: message authentication code incorrect [preauth]
`,
  },
  {
    name: 'component servicing',
    header: (_d, level, n, of) =>
      `2026-11-21 ${at(n)}, ${(level === 'INFO' ? 'Info' : level === 'WARN' ? 'Warning' : 'Error').padEnd(22)}${of(['CBS', 'CSI', 'CBS', 'DPX'])}    `,
    values: {
      pkg: (d) =>
        `Package_${d.int(1, 400)}_for_KB${d.int(4000000, 5999999)}~31bf3856ad364e35~amd64~~10.0.${d.int(1, 9)}.${d.int(0, 9)}`,
      comp: 'Microsoft-Windows-Shell-Setup|Microsoft-Windows-IE-ESC|NetFx3|Microsoft-Hyper-V|WCF-TCP-PortSharing45',
      pstate: 'Installed|Absent|Staged|Superseded|Install Pending',
      err: '0x800f0805 - CBS_E_INVALID_PACKAGE|0x80004005 - E_FAIL|0x800f0816 - CBS_E_DPX_JOB_STATE_SAVED|0x80070005 - E_ACCESSDENIED',
      client: 'WindowsUpdateAgent|SPP|DISM Package Manager Provider|TrustedInstaller Inventory',
      sess: (d) => `${d.int(30000000, 31999999)}_${d.int(100000000, 4200000000)}`,
      seq: (d) => d.hex(8),
    },
    events: `
300 Read out cached package applicability for package: {pkg}, ApplicableState: {n}, CurrentState:{n}
220 Appl: Evaluating package applicability for package {pkg}, applicable state: {pstate}
160 Appl: detect Parent, Package: {pkg}, Parent: {comp}-Package~31bf3856ad364e35~amd64~~10.0.1.0, Disposition = Detect, VersionComp: EQ, ServiceComp: GE, BuildComp: EQ, DistributionComp: GE, RevisionComp: GE, Exist: present
120 Appl: detectParent: package: {pkg}, parent found: {comp}-Package~31bf3856ad364e35~amd64~~10.0.1.0, state: {pstate}
110 Plan: Package: {pkg}, current: {pstate}, pending: {pstate}, start: {pstate}, applicable: {pstate}, targeted: {pstate}, limit: {pstate}
60 Plan: Skipping package since its start state and target state are the same: {pkg}
60E Failed to internally open package. [HRESULT = {err}]
50 Session: {sess} initialized by client {client}, external staging directory: (null)<<, external registry directory: (null)>>
50 Session: {sess} finalized. Reboot required: {no|yes} [HRESULT = {err}]
60 {seq} Created NT transaction (seq {d}) result 0x00000000, handle @0x{hex8}
60 {seq}@2026/11/21:{clock}.{n} CSI perf trace:⏎CSIPERF:TXCOMMIT;{n}
40 {seq} Performing {d} operations; {d} are not lock/unlock and follow:
35 {seq} [SR] Verifying {n} components
35 {seq} [SR] Verify complete
20 {seq} [SR] Beginning Verify and Repair transaction
14E {seq} [SR] Cannot repair member file [l:{n}]"{utc.app.json|shell32.dll|System Settings.lnk}" of {comp}, version 10.0.1.0, arch amd64, nonSxS, pkt [l:8 b:31bf3856ad364e35] in the store, hash mismatch
30W Unrecognized packageExtended attribute.
30W Expecting attribute name [HRESULT = 0x800f080d - CBS_E_MANIFEST_INVALID_ITEM]
30E Failed to get next element [HRESULT = 0x800f080d - CBS_E_MANIFEST_INVALID_ITEM]
25 Exec: Processing started. Session: {sess}, Client: {client}
25 Exec: Processing complete. Session: {sess}, Package: {pkg}, Client: {client} [HRESULT = {err}]
14 Exec: Staging package: {pkg}, file: {a.cat|update.mum|Win8.1 KB patch.cab}, source: C:\\Windows\\SoftwareDistribution\\Download\\{hex32}\\inst
14 Exec: Resolving Package: {pkg}, Update: {n}_neutral_GDR
12 Started: {comp}
12 Stopped: {comp}
10 Feature {comp} enabled
10 Feature {comp} disabled
10 DriverUpdateInstallUpdates failed [HRESULT = {err}]
10 Loaded Servicing Stack v10.0.{n}.{n} with Core: C:\\Windows\\winsxs\\amd64_servicingstack_31bf3856ad364e35_10.0.{n}.{n}_none_{hex16}\\cbscore.dll
8 Starting TrustedInstaller initialization.
8 Ending TrustedInstaller initialization.
6 Starting TrustedInstaller finalization.
6 Ending TrustedInstaller finalization.
8 Idle processing thread terminated normally
6 Startup processing thread terminated normally
8 Reboot mark set
5 Reboot mark cleared
6 Reboot mark refs: {d}
6 Reboot mark refs incremented to: {d}
5 TI: --- Initializing Trusted Installer ---
4 TI: Last boot time: 2026-11-{n} {clock}.500
4 TI: Startup Processing completes, release startup processing lock.
4 WER: Generating failure report for package: {pkg}, status: 0x{hex8}, failure source: {Execute|Resolve|Stage}, start state: {pstate}, target state: {pstate}, client id: {client}
3 Clients: {d} registered, {client+}
3 Scavenge: Package store indicates there is no component to scavenge, skipping.
2 Scavenge: Starts
2 Scavenge: Completed, disposition: 0X{d}
2 SQM: Failed to start upload with file pattern: C:\\Windows\\servicing\\sqm\\*_std.sqm, flags: 0x{d} [HRESULT = {err}]
2 Disabling manifest caching, because the image is not writeable.
1 NonStart: Success, startup processing not required as expected.
1 SetImpersonation: thread token dropped
2 Lock: New lock added: {CCbsPublicSessionClassFactory|CCbsWorker|CSIInventoryCriticalSection}, level: {n}, total lock:{n}
`,
  },
  {
    name: 'desktop computer',
    header: (d, _level, n, of) =>
      `Nov 21 ${at(n)} ${n % 700 < 620 ? 'mika-macbook' : '10-20-0-77'} ${of(['kernel[0]', `com.apple.xpc.launchd[1] (com.apple.quicklook.${d.int(100, 999)})`, `Mail[${d.int(300, 990)}]`, `sharingd[${d.int(300, 990)}]`, 'configd[53]', `Notes[${d.int(300, 990)}]`, `com.apple.cts[${d.int(200, 299)}]`, 'WindowServer[184]', `Google Chrome[${d.int(200, 9999)}]`, 'symptomsd[215]'])}: `,
    values: {
      app: 'Safari|Mail|Microsoft Word|Google Chrome|Finder|Preview|Slack|Google Chrome Helper',
      ssid: 'office-5G|Free Station WiFi|mika iPhone|CORP-GUEST|Cafe de Paris',
      acct: 'iCloud|Work (Exchange)|mika@example.com',
      cls: 'NSView|WKWebView|MailMessageView|NSTouchBarItem',
      svc: 'com.apple.CoreDuet|com.apple.photoanalysisd|com.apple.bird|com.adobe.updater.agent',
      en: (d) => `en${d.int(0, 5)}`,
      net: (d) =>
        `v4(en0${d.pick(['', '-', '+', '!'])}:10.${d.int(0, 99)}.${d.int(0, 99)}.${d.int(1, 254)})${d.int(0, 1) ? ` v6(en0:fe80::${d.hex(4)}:${d.hex(4)})` : ''} DNS${d.pick(['', '-', '+', '!'])} Proxy${d.pick(['', '-', '+'])} SMB`,
    },
    events: `
160 AirPort: Link Down on {en}. Reason {d} (Disassociated because station leaving).
120 AirPort: Link Up on {en}
140 {en}: channel changed to {n}
100 {en}::IO80211Interface::postMessage bssid changed
100 network changed: {net}
90 Thermal pressure state: {d} Memory pressure state: {d}
90 _handleDeviceEvent: process {app} (pid {n}) got event {d}
80 Refusing to auto-connect to network with name {ssid}
80 Service exited with abnormal code: {d}
70 Service only ran for {d} seconds. Pushing respawn out by {d} seconds.
60 Could not find uid associated with service: {d}: Undefined error: {d} {n}
60 {app}[{n}] triggered unnest of range {ptr}->{ptr} of DYLD shared region in VM map {ptr}. While not abnormal for debuggers, this increases system memory footprint until the target exits.
50 Discarding message for event {n} because of too many unprocessed messages
50 CGXDisplayDidWakeNotification [{big}]: posting kCGSDisplayDidWake
45 device_generate_lock_screen_screenshot: authw {ptr}({n})[{d}, {d}, {n}, {n}] shield {ptr}({n})[{d}, {d}, {n}, {n}]
40 Account {acct} is offline
40 Account {acct} is online
35 [com.apple.{calendar|contacts|mail}.sync]: scheduled next run in {n} seconds
35 Wake reason: {EC.LidOpen (User)|RTC (Alarm)|XHC1 ARPT (Network)|?}
35 Previous sleep cause: {n}
35 full wake (reason {d}) {n} ms
30 {svc}: activity {d} deferred, reason: {thermal|battery low|user is active}
30 IOThunderboltSwitch<{d}>(0x{d})::listenerCallback - Thunderbolt HPD packet for route = 0x{d} port = {n} unplug = {d}
25 tcp_connection_handle_destination_prepare_complete {n} failed to connect
25 nw_host_stats_add_src recv too small, received {n}, expected {n}
20 Cannot open file "{IMG 2041 (1).HEIC|Report final.docx|notes.txt|Scan 12.pdf}": permission denied
20 no xtrace mode for {app} helper, ignoring
20 Unknown key for {Boolean|String|Integer}: {LimitLoadToSession|KeepAlive Interval|POSIXSpawn}
14 WARNING: receive_packet listen socket {n} returned {neg} of {n}
12 Captive: [CNInfoNetworkActive:{n}] {en}: SSID '{ssid}' making interface primary (cache indicates network not captive)
12 BSSID update for {ssid}: {mac}
10 *** Terminating app due to uncaught exception of class '{cls}'
10 AudioQueueStart failed with status {neg} ('{!pla|!dev|what}')
8 Bluetooth device "{AirPods Pro|Magic Mouse 2|Keyboard K380}" connected
8 Bluetooth device "{AirPods Pro|Magic Mouse 2|Keyboard K380}" disconnected
8 hibernate_rebuild started
8 hibernate_rebuild completed - took {n} msecs
6 hibernate image path: /var/vm/sleepimage
5 Sandbox: {app}({n}) deny({d}) {mach-lookup com.apple.nsurlsessiond|file-read-data /private/etc/hosts|network-outbound /private/var/run/mDNSResponder}
5 USB device {mac} {attached|detached} by {app}
4 ASL Sender Statistics
4 Setting BTCoex Config: enable_2G:{d}, profile_2g:{d}, enable_5G:{d}, profile_5G:{d}
3 Time Machine: backup to "{Backup Disk|NAS 2}" completed in {n} minutes
2 Time Machine: backup failed: {The backup disk could not be found.|Not enough free space on "Backup Disk".}
2 BOOT_TIME {big} 0
1 Darwin Kernel Version {ver}: root:xnu-4570
2 --- last message repeated {d} time{s|} ---
1 DSMOS has arrived
2 Graphics firmware loaded
1 Unable to open IOHIDLib
2 fsck_hfs: volume {Macintosh HD|Backup Disk} appears to be OK
`,
  },
  {
    name: 'edge firewall',
    header: (d, _level, n) => `Nov 21 2026 ${at(n)} ${d.int(0, 5) ? 'fw-tokyo-1' : 'fw-osaka-02'} : `,
    values: {
      if: 'outside|inside|dmz|vpn_guest',
      ep: (d) => `${d.ip()}/${d.int(1, 65000)}`,
      acl: 'outside_access_in|inside_in|DMZ-OUT|global_access',
      user: 'mtanaka|l.hopper|guest01|EXAMPLE\\\\svc-vpn',
      grp: 'RemoteStaff|Vendors|DfltGrpPolicy',
      why: 'TCP FINs|TCP Reset-O|TCP Reset-I|SYN Timeout|Idle Timeout|Flow closed by inspection',
      dur: (d) => `0:${d.int(10, 59)}:${d.int(10, 59)}`,
    },
    events: `
350 %ASA-6-302013: Built {inbound|outbound} TCP connection {big} for {if}:{ep} ({ep}) to {if}:{ep} ({ep})
330 %ASA-6-302014: Teardown TCP connection {big} for {if}:{ep} to {if}:{ep} duration {dur} bytes {big} {why}
150 %ASA-6-302015: Built {inbound|outbound} UDP connection {big} for {if}:{ep} ({ep}) to {if}:{ep} ({ep})
140 %ASA-6-302016: Teardown UDP connection {big} for {if}:{ep} to {if}:{ep} duration {dur} bytes {n}
60 %ASA-6-302020: Built {inbound|outbound} ICMP connection for faddr {ip}/{n} gaddr {ip}/0 laddr {ip}/0 type {d} code {d}
55 %ASA-6-302021: Teardown ICMP connection for faddr {ip}/{n} gaddr {ip}/0 laddr {ip}/0 type {d} code {d}
60 %ASA-6-305011: Built dynamic {TCP|UDP} translation from {if}:{ep} to {if}:{ep}
55 %ASA-6-305012: Teardown dynamic {TCP|UDP} translation from {if}:{ep} to {if}:{ep} duration {dur}
120 %ASA-4-106023: Deny {tcp|udp} src {if}:{ep} dst {if}:{ep} by access-group "{acl}" [0x{hex8}, 0x0]
40 %ASA-4-106023: Deny icmp src {if}:{ip} dst {if}:{ip} (type {d}, code {d}) by access-group "{acl}" [0x{hex8}, 0x0]
60 %ASA-6-106100: access-list {acl} permitted {tcp|udp} {if}/{ip}({port}) -> {if}/{ip}({port}) hit-cnt {n} {first hit|300-second interval} [0x{hex8}, 0x{hex8}]
50 %ASA-6-106100: access-list {acl} denied {tcp|udp} {if}/{ip}({port}) -> {if}/{ip}({port}) hit-cnt {n} {first hit|300-second interval} [0x{hex8}, 0x{hex8}]
40 %ASA-2-106001: Inbound TCP connection denied from {ep} to {ep} flags {SYN|RST|FIN ACK|PSH ACK} on interface {if}
30 %ASA-6-106015: Deny TCP (no connection) from {ep} to {ep} flags {RST|ACK|FIN ACK|PSH ACK} on interface {if}
20 %ASA-4-313005: No matching connection for ICMP error message: icmp src {if}:{ip} dst {if}:{ip} (type {d}, code {d}) on {if} interface. Original IP payload: <unknown>.
20 %ASA-4-733100: [{Scanning|SYN attack|Interface}] drop rate-{d} exceeded. Current burst rate is {n} per second, max configured rate is {n}; Current average rate is {n} per second, max configured rate is {n}; Cumulative total count is {big}
16 %ASA-6-113004: AAA user authentication Successful : server = {ip} : user = {user}
10 %ASA-6-113005: AAA user authentication Rejected : reason = {AAA failure|Invalid password} : server = {ip} : user = {user} : user IP = {ip}
14 %ASA-4-113019: Group = {grp}, Username = {user}, IP = {ip}, Session disconnected. Session Type: {SSL|IKEv2}, Duration: {d}h:{d}m:{d}s, Bytes xmt: {big}, Bytes rcv: {big}, Reason: {User Requested|Idle Timeout|Connection Preempted}
14 %ASA-6-722022: Group <{grp}> User <{user}> IP <{ip}> TCP SVC connection established without compression
14 %ASA-5-722033: Group <{grp}> User <{user}> IP <{ip}> First TCP SVC connection established for SVC session.
10 %ASA-4-722051: Group <{grp}> User <{user}> IP <{ip}> IPv4 Address <{ip}> IPv6 address <::> assigned to session
10 %ASA-6-605005: Login permitted from {ep} to {if}:{ip}/{ssh|https} for user "{user}"
6 %ASA-6-605004: Login denied from {ep} to {if}:{ip}/{ssh|https} for user "{user}"
10 %ASA-5-111008: User '{user}' executed the '{show running-config|write memory|configure terminal|no logging}' command.
8 %ASA-5-111010: User '{user}', running 'CLI' from IP {ip}, executed '{show running-config|write memory|clear xlate}'
6 %ASA-4-411001: Line protocol on Interface {GigabitEthernet0/1|Management0/0}, changed state to up
6 %ASA-4-411002: Line protocol on Interface {GigabitEthernet0/1|Management0/0}, changed state to down
4 %ASA-1-105005: (Primary) Lost Failover communications with mate on interface {if}
4 %ASA-1-105008: (Primary) Testing Interface {if}
3 %ASA-1-105009: (Primary) Testing on interface {if} {Passed|Failed}
3 %ASA-3-713902: Group = {grp}, IP = {ip}, Removing peer from correlator table failed, no match!
2 %ASA-1-104001: (Secondary) Switching to ACTIVE - {HELLO not heard from mate|Interface check}.
2 %ASA-1-104002: (Primary) Switching to STANDBY - {HELLO not heard from mate|Interface check}.
2 %ASA-5-199001: Reload command executed from {console|telnet (remote {ip})}.
1 %ASA-6-199002: Startup completed. Beginning operation.
`,
  },
  {
    name: 'mail relay',
    header: (d, _level, n, of) =>
      `Nov 21 ${at(n)} mx1 postfix/${of(['smtpd', 'qmgr', 'smtp', 'cleanup', 'local'])}[${d.int(900, 32000)}]: `,
    values: {
      q: (d) => d.hex(10).toUpperCase(),
      addr: 'info@example.co.jp|kenji.mori@example.com|no-reply@shop.example|root@mx1.example|"Sales Team"@example.org|double-bounce@mx1.example',
      host: 'mail.example.net|unknown|mx.partner.example|static-12.isp.example',
      peer: (d) =>
        `${d.pick(['mail.example.net', 'unknown', 'mx.partner.example', 'smtp7.isp.example'])}[${d.ip()}]`,
      resp: '250 2.0.0 Ok: queued as {q}|250 ok {big} qp {n}|250 2.6.0 <{hex8}@mail.example> Queued mail for delivery',
      bounce:
        '550 5.1.1 <{addr}>: Recipient address rejected: User unknown in virtual mailbox table|552 5.2.2 Mailbox full|554 5.7.1 Message blocked due to spam content',
    },
    events: `
260 connect from {peer}
240 disconnect from {peer} ehlo={d}<< starttls={d}>> mail={d} rcpt={d} data={d} quit={d} commands={n}
200 {q}: client={peer}<<, sasl_method=PLAIN, sasl_username={addr}>>
190 {q}: message-id=<{hex16}@{host}>
180 {q}: from=<{addr}>, size={n}, nrcpt={d} (queue active)
150 {q}: removed
110 {q}: to=<{addr}>, <<orig_to=<{addr}>, >>relay={peer}:25, delay={dec}, delays={dec}/{dec}/{dec}/{dec}, dsn=2.0.0, status=sent ({resp})
40 {q}: to=<{addr}>, relay={peer}:25, delay={dec}, delays={dec}/{dec}/{dec}/{dec}, dsn=5.1.1, status=bounced (host {peer} said: {bounce} (in reply to RCPT TO command))
30 {q}: to=<{addr}>, relay=none, delay={dec}, delays={dec}/{dec}/{dec}/{dec}, dsn=4.4.1, status=deferred (connect to {peer}:25: Connection timed out)
40 NOQUEUE: reject: RCPT from {peer}: 554 5.7.1 <{addr}>: Relay access denied; from=<{addr}> to=<{addr}> proto=ESMTP helo=<{host}>
30 NOQUEUE: reject: RCPT from {peer}: 450 4.7.1 Client host rejected: cannot find your hostname, [{ip}]; from=<{addr}> to=<{addr}> proto=ESMTP helo=<{host}>
30 lost connection after {CONNECT|AUTH|EHLO|DATA (0 bytes)} from {peer}
25 warning: {peer}: SASL {LOGIN|PLAIN} authentication failed: {authentication failure|Invalid authentication mechanism|UGFzc3dvcmQ6}
20 warning: hostname {host} does not resolve to address {ip}<<: Name or service not known>>
16 timeout after {AUTH|RCPT|END-OF-MESSAGE} from {peer}
14 connect to {peer}:25: Connection refused
12 connect to {peer}:25: Network is unreachable
10 Anonymous TLS connection established from {peer}: TLSv1.{d} with cipher {TLS_AES_256_GCM_SHA384 (256/256 bits)|ECDHE-RSA-AES128-GCM-SHA256 (128/128 bits)}
10 Untrusted TLS connection established to {peer}:25: TLSv1.{d} with cipher {TLS_AES_256_GCM_SHA384 (256/256 bits)|ECDHE-RSA-AES128-GCM-SHA256 (128/128 bits)}
8 SSL_accept error from {peer}: {d}
8 too many errors after {AUTH|RCPT} from {peer}
6 statistics: max connection rate {d}/60s for (smtp:{ip}) at Nov 21 {clock}
6 statistics: max connection count {d} for (smtp:{ip}) at Nov 21 {clock}
6 statistics: max cache size {d} at Nov 21 {clock}
5 {q}: sender non-delivery notification: {q}
3 {q}: host {peer} refused to talk to me: 421 4.7.0 Try again later, closing connection.
2 reload -- version {ver}, configuration /etc/postfix
2 warning: dict_nis_init: NIS domain name not set - NIS lookups disabled
1 fatal: open database /etc/aliases.db: No such file or directory
`,
  },
];
