import { at, milli, type Story } from './draw-story.ts';

const pad8 = (n: number): string => String(n).padStart(8, '0');

/** Written before the rules for Japanese; `business service on windows` and `alert log of a database` were never looked into. */
export const UNSEEN: readonly Story[] = [
  {
    name: 'servlet container',
    header: (d, level, n, of) =>
      `21-Nov-2026 ${at(n)}.${milli(d)} ${level === 'ERROR' ? 'SEVERE' : level === 'WARN' ? 'WARNING' : 'INFO'} [${d.pick(['main', 'http-nio-8080-exec-7', 'Catalina-utility-2', 'ajp-nio-8009-exec-12'])}] ${of(['org.apache.catalina.startup.HostConfig', 'org.apache.catalina.core.StandardContext', 'jp.example.ec.web.CartAction', 'jp.example.ec.batch.StockJob', 'org.apache.coyote.AbstractProtocol'])}.${of(['deploy', 'start', 'execute', 'run', 'init', 'log'])} `,
    values: {
      app: 'ROOT|manager|ec-front|ec-admin|api##003',
      user: 'tanaka|guest|m.ito|system',
      sess: (d) => `${d.hex(32).toUpperCase()}.node${d.int(1, 4)}`,
      cls: 'com.example.ec.CartListener|org.postgresql.Driver|com.zaxxer.hikari.HikariDataSource|net.sf.ehcache.CacheManager',
      ds: 'jdbc/ecDS|jdbc/reportDS',
      page: '/cart/view.jsp|/item/detail.jsp|/login.do|/order/confirm.do',
      why: 'Connection reset by peer|Broken pipe|null|Stream closed|Premature end of chunk coded message body',
    },
    events: `
220 User {user} opened {page} in {n} ms
140 Session {sess} created for {user}
120 Session {sess} expired after {n} seconds of inactivity
90 Deploying web application archive [/opt/tomcat/webapps/{app}.war]
80 Deployment of web application archive [/opt/tomcat/webapps/{app}.war] has finished in [{n}] ms
60 Deploying web application directory [/opt/tomcat/webapps/{app}]
60 Deployment of web application directory [/opt/tomcat/webapps/{app}] has finished in [{n}] ms
40 Undeploying context [/{app}]
30 Reloading Context with name [/{app}] has started
30 Reloading Context with name [/{app}] is completed
40W The web application [{app}] appears to have started a thread named [{Timer-0|pool-3-thread-1|Abandoned connection cleanup thread}] but has failed to stop it. This is very likely to create a memory leak.
30W The web application [{app}] registered the JDBC driver [{cls}] but failed to unregister it when the web application was stopped. To prevent a memory leak, the JDBC Driver has been forcibly unregistered.
40E Servlet.service() for servlet [{jsp|dispatcher|action}] in context with path [/{app}] threw exception [{why}] with root cause⏎java.io.IOException: {why}⏎	at org.apache.coyote.http11.Http11InputBuffer.fill(Http11InputBuffer.java:{n})⏎	at java.lang.Thread.run(Thread.java:{n})
30E Error configuring application listener of class [{cls}]
30E Exception sending context initialized event to listener instance of class [{cls}]
25E Error during finalization of listener instance of class [{cls}]: {why}
80 Cart of {user} now holds {d} items, total {n} JPY
50 Order {n} confirmed by {user}
40W Order {n} held back: {credit limit exceeded|address incomplete|item discontinued}
30 Stock sync with WMS finished: {n} updated, {n} unchanged, {d} failed
20E Stock sync with WMS aborted: {why}
40 Pool {ds}: active={n} idle={n} wait={n}
20W Pool {ds} exhausted, waiting {n} ms for a connection
20 At least one JAR was scanned for TLDs yet contained no TLDs. Enable debug logging for this logger for a complete list of JARs that were scanned but no TLDs were found in them.
16 Starting ProtocolHandler ["{http-nio-8080|ajp-nio-8009|https-jsse-nio-8443}"]
16 Initializing ProtocolHandler ["{http-nio-8080|ajp-nio-8009|https-jsse-nio-8443}"]
14 Pausing ProtocolHandler ["{http-nio-8080|ajp-nio-8009|https-jsse-nio-8443}"]
12 Stopping ProtocolHandler ["{http-nio-8080|ajp-nio-8009|https-jsse-nio-8443}"]
12 Starting service [{Catalina|Admin}]
12 Stopping service [{Catalina|Admin}]
10 Invalid message received with signature [{n}]
10W Failed to scan [file:/opt/tomcat/lib/{jaxb-api|ojdbc8|xmlsec}.jar] from classloader hierarchy
8 Error parsing HTTP request header
6 Note: further occurrences of HTTP request parsing errors will be logged at DEBUG level.
6W Maximum number of threads ({n}) created for connector with address [null] and port [{port}]
6 Command line argument: -D{java.io.tmpdir|catalina.home|file.encoding}={/opt/tomcat/temp|/opt/tomcat|UTF-8}
4 Command line argument: -Xmx{n}m
3 Server version name: Apache Tomcat/{ver}
3 Server startup in [{n}] milliseconds
2 OpenSSL successfully initialized [OpenSSL {ver}]
2 A valid shutdown command was received via the shutdown port. Stopping the Server instance.
1 Destroying ProtocolHandler ["http-nio-8080"]
1E Failed to destroy end point associated with ProtocolHandler ["ajp-nio-8009"]
`,
  },
  {
    name: 'host journal',
    header: (d, _level, n, of) =>
      `Nov 21 ${at(n)} app-07 ${of(['systemd[1]', 'kernel', 'kernel', `NetworkManager[${d.int(700, 999)}]`, 'dbus-daemon[688]', `dhclient[${d.int(900, 9000)}]`, `chronyd[702]`, `anacron[${d.int(900, 9000)}]`])}: `,
    values: {
      unit: 'nginx.service|Daily apt upgrade and clean activities|User Manager for UID 1000|Rotate log files|PostgreSQL Cluster 15-main|sysstat-collect.service',
      svc: 'nginx|postfix|docker|apt-daily|logrotate|php8.2-fpm',
      up: (d) => `[${d.int(1, 99_999)}.${d.int(100_000, 999_999)}]`,
      dev: 'eth0|ens192|veth3f2a1c|docker0|br-9d2e',
      blk: 'sda|sdb|nvme0n1|dm-2',
      proc: 'java|node|postgres|chrome|python3',
      src: 'ntp.nict.jp|time.cloudflare.com|10.20.0.1',
      fs: 'ext4|xfs',
    },
    events: `
160 Starting {unit}...
150 Started {unit}.
90 Stopping {unit}...
90 Stopped {unit}.
40 Finished {unit}.
140 {svc}.service: Succeeded.
110 {svc}.service: Consumed {dec}s CPU time.
40 {svc}.service: Main process exited, code={exited|killed|dumped}, status={1/FAILURE|9/KILL|11/SEGV}
40 {svc}.service: Failed with result '{exit-code|signal|timeout}'.
30 {svc}.service: Scheduled restart job, restart counter is at {n}.
20 {svc}.service: Start request repeated too quickly.
30 Failed to start {unit}.
12 {svc}.service: State '{stop-sigterm|final-sigterm}' timed out. Killing.
12 {svc}.service: Killing process {n} ({proc}) with signal {SIGKILL|SIGTERM}.
60 Created slice User Slice of UID {n}.
60 Removed slice User Slice of UID {n}.
60 {up} {dev}: renamed from {dev}
50 {up} {dev}: port {d}({dev}) entered {blocking|forwarding|disabled|learning} state
40 {up} device {dev} entered promiscuous mode
40 {up} device {dev} left promiscuous mode
30 {up} IPv6: ADDRCONF(NETDEV_CHANGE): {dev}: link becomes ready
30 {up} {dev}: NIC Link is Up {n} Mbps Full Duplex, Flow Control: {None|RX/TX}
26 {up} {dev}: NIC Link is Down
30 {up} Out of memory: Killed process {n} ({proc}) total-vm:{n}kB, anon-rss:{n}kB, file-rss:{n}kB, shmem-rss:0kB, UID:{n} pgtables:{n}kB oom_score_adj:{d}
30 {up} {proc} invoked oom-killer: gfp_mask=0x{hex8}(GFP_KERNEL), order={d}, oom_score_adj={d}
20 {up} {proc}[{n}]: segfault at {hex16} ip {hex16} sp {hex16} error {d} in {libc.so.6|java|libssl.so.3}[{hex8}+{hex8}]
20 {up} INFO: task {proc}:{n} blocked for more than {n} seconds.
20 {up} {fs}-fs ({blk}): mounted filesystem with ordered data mode. Opts: {(null)|errors=remount-ro}
20 {up} sd {d}:0:{d}:0: [{blk}] {n} 512-byte logical blocks: ({dec} GB/{dec} GiB)
14 {up} blk_update_request: I/O error, dev {blk}, sector {big} op 0x{d}:({READ|WRITE}) flags 0x{n} phys_seg {d} prio class {d}
10 {up} Buffer I/O error on dev {blk}, logical block {n}, async page read
24 {up} audit: type={1400|1326} audit({big}.{n}:{n}): apparmor="{DENIED|ALLOWED}" operation="{open|exec|capable}" profile="{snap.lxd|/usr/sbin/mysqld}" pid={n} comm="{proc}"
60 [system] Activating via systemd: service name='{org.freedesktop.hostname1|org.freedesktop.PolicyKit1}' unit='{dbus-org.freedesktop.hostname1.service|polkit.service}' requested by ':1.{n}' (uid={n} pid={n} comm="{proc}")
50 [system] Successfully activated service '{org.freedesktop.hostname1|org.freedesktop.PolicyKit1}'
50 DHCPREQUEST for {ip} on {dev} to {ip} port {n}
50 DHCPACK of {ip} from {ip}
16 DHCPDISCOVER on {dev} to 255.255.255.255 port 67 interval {d}
50 bound to {ip} -- renewal in {n} seconds.
40 <info>  [{big}.{n}] device ({dev}): state change: {activated|config|ip-check} -> {deactivating|secondaries|activated} (reason '{none|connection-removed}', sys-iface-state: '{managed|external}')
30 <info>  [{big}.{n}] dhcp4 ({dev}): option {domain_name|routers|subnet_mask} => '{example.local|10.20.0.1|255.255.255.0}'
40 Selected source {src}
20 Source {src} offline
16 Source {src} online
12 Can't synchronise: no selectable sources
10 System clock wrong by {dec} seconds
10 Job \`cron.{daily|weekly|monthly}' started
10 Job \`cron.{daily|weekly|monthly}' terminated
4 Normal exit ({d} job{s|} run)
3 Reached target {Network|Timers|Multi-User System}.
3 Stopped target {Network|Timers|Multi-User System}.
2 Startup finished in {dec}s (kernel) + {dec}s (userspace) = {dec}s.
1 {up} Linux version {ver} (gcc {ver}) #1 SMP
1 {up} Command line: BOOT_IMAGE=/vmlinuz-{ver} root=/dev/{blk} ro quiet
`,
  },
  {
    name: 'business service on windows',
    header: (d, level, n, of) =>
      `2026-11-21 ${at(n)}.${milli(d)} +09:00 [${level === 'INFO' ? 'INF' : level === 'WARN' ? 'WRN' : 'ERR'}] ${of(['Billing.Worker', 'Billing.Api.InvoicesController', 'Microsoft.Hosting.Lifetime', 'Microsoft.EntityFrameworkCore.Database.Command', 'Billing.Mail'])} - `,
    values: {
      cust: 'Contoso|Fabrikam K.K.|Northwind Traders|山田商店|Adventure Works',
      user: 'CONTOSO\\\\tsato|CONTOSO\\\\svc_bill|DESKTOP-7\\\\admin',
      path: 'C:\\\\Billing\\\\out\\\\inv.pdf|\\\\\\\\files01\\\\share\\\\Month End\\\\report.xlsx|D:\\\\tmp\\\\a b.csv',
      route: '/api/invoices|/api/invoices/88|/api/customers?page=2|/health',
      action:
        'Billing.Api.InvoicesController.Get (Billing.Api)|Billing.Api.CustomersController.List (Billing.Api)',
      queue: 'invoices|mails-high|exports',
      ex: 'System.TimeoutException: The operation has timed out.|System.IO.IOException: The process cannot access the file because it is being used by another process.|System.NullReferenceException: Object reference not set to an instance of an object.',
    },
    events: `
220 Request starting HTTP/1.1 {GET|POST|PUT} http://billing01{route} - -
210 Request finished HTTP/1.1 {GET|POST|PUT} http://billing01{route} - {n} - application/json {dec}ms
150 Executing endpoint '{action}'
140 Executed endpoint '{action}'
100 Executed DbCommand ({n}ms) [Parameters=[@p0='?' (DbType = Int32)], CommandType='Text', CommandTimeout='{n}']
120 Invoice {n} created for customer {cust} ({dec} EUR)
80 Invoice {n} sent to {cust}
30E Invoice {n} could not be sent to {cust}: {ex}
60 Saved file {path} ({n} KB)
25E Could not write file {path}: {ex}
60 Message {uuid} received from queue {queue}
55 Message {uuid} completed in {n} ms
20W Message {uuid} abandoned, delivery count {d}
12E Message {uuid} moved to dead letter queue: {MaxDeliveryCountExceeded|TTLExpiredException}
50 User {user} authenticated via {Negotiate|Kerberos|NTLM}
20W User {user} is not in role {Accounting|Admins|Read Only}
40 Payment run {n}: {n} invoices, {dec} EUR total, bank {Mizuho|MUFG|Deutsche Bank}
20 Exchange rate {USD|EUR|JPY}/{JPY|USD|GBP} updated to {dec}
20W Exchange rate {USD|EUR|JPY}/{JPY|USD|GBP} is {n} hours old
30 Health check {database|queue|disk|smtp} status {Healthy|Degraded|Unhealthy} after {dec}ms
16 Timer {NightlyExport|Reminder|Cleanup} fired, next occurrence {date} {clock}
12 Reminder level {d} issued to {cust} for {n} invoices
12W Slow query: {n} rows in {dec} s
10 Template '{Reminder 1|Invoice (en)|請求書}' loaded from cache
10 Template '{Reminder 1|Invoice (en)|請求書}' compiled in {n} ms
8E Unhandled exception in worker {d}⏎{ex}⏎   at Billing.Worker.Run(CancellationToken ct) in /src/Worker.cs:line {n}⏎   at Microsoft.Extensions.Hosting.BackgroundService.StartAsync()
6 Service SessionChange: reason={SessionLogon|SessionLock|SessionUnlock} session={d}
4 Now listening on: http://localhost:{port}
3 Hosting environment: {Production|Staging}
3 Content root path: {C:\\\\Billing|D:\\\\Billing Test}
2 Application started. Press Ctrl+C to shut down.
2 Application is shutting down...
1W The ASP.NET Core developer certificate is not trusted.
`,
  },
  {
    name: 'alert log of a database',
    header: (d, _level, n, of) =>
      `2026-11-21T${at(n)}.${milli(d)}${milli(d)}+09:00 ${of(['', '', 'WMSPDB(3):', ''])}`,
    values: {
      seq: (d) => String(d.int(10_000, 99_999)),
      arc: (d) =>
        `+FRA/WMS/ARCHIVELOG/2026_11_21/thread_1_seq_${d.int(100, 9999)}.${d.int(100, 999)}.${d.int(1_000_000, 9_999_999)}`,
      redo: '+DATA/WMS/ONLINELOG/group_1.262.1099|+DATA/WMS/ONLINELOG/group_2.263.1099|/u01/oradata/redo03.log',
      trc: (d) =>
        `/u01/app/oracle/diag/rdbms/wms/WMS/trace/WMS_${d.pick(['ora', 'arc1', 'lgwr', 'j001'])}_${d.int(1000, 32000)}.trc`,
      ts: 'USERS|WMS_DATA|WMS_IDX|TEMP|UNDOTBS1',
      parm: 'sga_target|open_cursors|db_recovery_file_dest_size|_serial_direct_read',
      sc: 'BOTH|SPFILE|MEMORY',
    },
    events: `
200 Thread 1 advanced to log sequence {seq} (LGWR switch)
200   Current log# {d} seq# {seq} mem# {d}: {redo}
180 Archived Log entry {n} added for T-1.S-{seq} ID 0x{hex8} LAD:1
60 Thread 1 cannot allocate new log, sequence {seq}
60 Checkpoint not complete
30 Private strand flush not complete
60 Errors in file {trc}:
40 ORA-00060: Deadlock detected. See Note 60.1 at My Oracle Support for Troubleshooting ORA-60 Errors. More info in file {trc}.
40 ORA-01555 caused by SQL statement below (SQL ID: {hex8}, Query Duration={n} sec, SCN: 0x{hex16}):
30 ORA-1653: unable to extend table WMS.{STOCK_HIST|SHIP_DTL|IF_LOG} by {n} in tablespace {ts} [WMSPDB]
25 ORA-1652: unable to extend temp segment by {n} in tablespace {ts} [WMSPDB]
30 ORA-00600: internal error code, arguments: [{kghfrh:ds|17182|qertbFetchByRowID}], [{hex8}], [], [], [], [], [], [], [], [], [], []
30 Incident details in: {trc}
20 Dumping diagnostic data in directory=[cdmp_{big}], requested by (instance=1, osid={n}), summary=[incident={n}].
60 Resize operation completed for file# {n}, fname {+DATA/WMS/DATAFILE/wms_data.270.11|+DATA/WMS/DATAFILE/sysaux.258.10}, old size {n}K, new size {n}K
50 TABLE {SYS.WRP$_REPORTS|SYS.WRI$_OPTSTAT_HISTHEAD_HISTORY}: ADDED INTERVAL PARTITION SYS_P{n} ({n}) VALUES LESS THAN (TO_DATE(' {date} {clock}', 'SYYYY-MM-DD HH24:MI:SS', 'NLS_CALENDAR=GREGORIAN'))
40 ALTER SYSTEM SET {parm}={n} SCOPE={sc};
30 ALTER SYSTEM ARCHIVE LOG
20 ALTER TABLESPACE {ts} ADD DATAFILE '+DATA' SIZE {n}G AUTOEXTEND ON
20 Completed: ALTER TABLESPACE {ts} ADD DATAFILE '+DATA' SIZE {n}G AUTOEXTEND ON
40 Fatal NI connect error {n}.
40   nt secondary err code: {n}
40   Client address: (ADDRESS=(PROTOCOL=tcp)(HOST={ip})(PORT={port}))
40   Time: 21-NOV-2026 {clock}
20 WARNING: inbound connection timed out (ORA-3136)
30 opiodr aborting process unknown ospid ({n}) as a result of ORA-{n}
24 Killing session with sid={n} serial#={n}: {Inactive timeout|ALTER SYSTEM KILL}
20 Process J00{d} died, see its trace file
14 Starting background process {MMON|QMNC|CJQ0|SMCO}
12 {MMON|QMNC|CJQ0|SMCO} started with pid={n}, OS id={n}
16 Deleted Oracle managed file {arc}
12 db_recovery_file_dest_size of {n} MB is {dec}% used. This is a user-specified limit on the amount of space that will be used by this database for recovery-related files.
10 Closing scheduler window
10 Setting Resource Manager plan {SCHEDULER[0x4D51]:DEFAULT_MAINTENANCE_PLAN|DEFAULT_PLAN} via {scheduler window|parameter}
10 Begin automatic SQL Tuning Advisor run for special tuning task "SYS_AUTO_SQL_TUNING_TASK"
8 End automatic SQL Tuning Advisor run for special tuning task "SYS_AUTO_SQL_TUNING_TASK"
2 Instance shutdown complete
2 ALTER DATABASE OPEN
2 Completed: ALTER DATABASE OPEN
1 Database Characterset for WMSPDB is AL32UTF8
`,
  },
  {
    name: 'production control',
    header: (d, level, n, of) =>
      `2026-11-21 ${at(n)},${milli(d)} ${level.padEnd(5)} [${of(['受注', '製造', '品質', '設備', '購買'])}-${d.int(1, 8)}] `,
    values: {
      line: '組立1ライン|塗装ライン|第3プレス|検査工程|包装B',
      part: '10-2234-A|ブラケット左|M6ボルト|カバー(黒)|X200-77',
      lot: (d) => `L${d.int(260_000, 269_999)}-${d.int(1, 99)}`,
      eq: 'プレス機3号|成形機A|コンベア2|ロボットR7',
      man: '山本|渡辺 直子|ｶﾄｳ|夜勤A班|中川',
      sup: '株式会社東亜精工|(有)ミナミ|三和ケミカル|大阪鋼材',
      why: '材料待ち|刃具交換|センサー異常|品質確認中|停電',
      unit: '個|本|kg|箱',
    },
    events: `
220 製造指示 {lot} 投入: 品目={part} 数量={n}{unit} ライン={line}
200 製造指示 {lot} 完成 良品{n}{unit} 不良{d}{unit} (能率{dec}%)
120 {line} 生産実績を登録しました: 計画{n} 実績{n} 差異{neg}
90W {line} が停止しました。原因: {why} 停止時間: {n}分
80 {line} が再開しました
60 検査結果 ロット[{lot}] 判定=合格 測定値={dec} (規格 {dec}～{dec})
30W 検査結果 ロット[{lot}] 判定=不合格 測定値={dec} (規格 {dec}～{dec})
60 設備[{eq}] 稼働開始
60 設備[{eq}] 稼働終了 稼働{n}分 / 停止{n}分
40E 設備[{eq}] アラーム {n}: {温度上限超過|油圧低下|非常停止|原点復帰異常}
40 設備[{eq}] アラーム解除
30W 設備[{eq}] 保全予定日を{n}日超過しています
50 作業者 {man} が {line} に着任しました
50 作業者 {man} が {line} を離任しました
40 発注書 PO-{big} を {sup} へ送信 (金額 {n}円)
30 納期回答を受信: {sup} PO-{big} → {date}
25W 納期遅延: {sup} PO-{big} {n}日遅れ
50 品目マスタ {part} を更新（更新者：{man}）
20 品目マスタ {part} を削除（更新者：{man}）
40 在庫引当 {part} {n}{unit} → 製造指示 {lot}
25W 在庫不足 {part}: 必要 {n}{unit} / 在庫 {n}{unit}
30 受注 No.{n} を取り込みました（得意先コード {n}、{d}明細）
20E 受注 No.{n} の取込でエラー: {品目コードが未登録です|納期が過去日です|数量が0です}
20 日次締め処理 開始 対象日={date}
20 日次締め処理 終了 対象日={date} 処理件数={n} 所要時間={clock}
12E 日次締め処理 異常終了 エラーコード=E{n}
16 CSV出力 /data/out/{実績_20261121.csv|seisan.csv|不良一覧 11月.csv} {n}件
12 ユーザー {man} ログイン 端末=PC-{n}
12 ユーザー {man} ログアウト
8W ユーザー {man} パスワード誤り ({d}回目)
10 PLC通信 接続しました {ip}:{port}
10E PLC通信 切断されました {ip}:{port} リトライ {d}/5
8 温度記録 炉{d} 上段 {dec}℃ 下段 {dec}℃
6 カレンダーを更新しました
4 ラベル発行 {n}枚 プリンタ={LBL01|LBL-検査}
3 システム日付を {date} に変更
2 サービスを開始します (Ver.{ver})
2 サービスを停止します
1E ディスク容量が不足しています 残り{dec}GB
1 データベースの再編成が完了しました
`,
  },
  {
    name: 'job network and file transfer',
    header: (d, level, n, of) =>
      `2026/11/21 ${at(n)} ${of(['AJS', 'HFT', 'IMM', 'MAIL'])}${d.int(1000, 9999)} ${of(['KAVS0260', 'KAVS0261', 'HULA0012', 'HULA0013', 'KAJP1037', 'KAVS0275'])}-${level[0] ?? 'I'} `,
    values: {
      net: '/基幹/日次/売上集計|/基幹/日次/在庫連携|/基幹/月次/請求締め|/物流/出荷指示',
      job: '売上データ抽出|在庫CSV作成|請求書作成|FTP送信|DBバックアップ',
      host: 'kikan01|wms-db|EDI-GW|bunseki',
      fid: 'URIAGE01|ZAIKO_D|SEIKYU|SHUKKA2',
      user: 'jp1admin|山口|運用担当A|batch',
      why: 'タイムアウト|接続拒否|ファイルなし|権限不足|相手側異常',
    },
    events: `
200 ジョブネット({net})を開始します
190 ジョブネット({net})が正常終了しました
20E ジョブネット({net})が異常終了しました(終了コード:{d})
180 ジョブ({net}/{job})を開始します(host:{host}, JOBID:{n})
170 ジョブ({net}/{job})が正常終了しました(host:{host}, code:{d}, 経過時間:{n}秒)
30E ジョブ({net}/{job})が異常終了しました(host:{host}, code:{n})
25W ジョブ({net}/{job})の終了が予定時刻を過ぎました({clock})
20W ジョブネット({net})の開始が遅延しています({n}分)
90 配信を開始しました ファイルID={fid} ホスト名={host}
85 配信が完了しました ファイルID={fid} ホスト名={host} レコード件数={n} 転送量={big}
25E 配信に失敗しました ファイルID={fid} ホスト名={host} 原因={why} 完了コード={n}
70 集信を開始しました ファイルID={fid} ホスト名={host}
65 集信が完了しました ファイルID={fid} ホスト名={host} レコード件数={n} 転送量={big}
40W 配信を再試行します ファイルID={fid} ({d}回目)
40 ユーザー {user} がジョブ {job} を再実行しました
20 ユーザー {user} がジョブ {job} を強制終了しました
14 ユーザー {user} がジョブ {job} を保留にしました
14 ユーザー {user} がジョブ {job} の保留を解除しました
30 メール送信 宛先:{user}@example.co.jp 件名:「{job} 終了通知」
10E メール送信エラー 宛先:{user}@example.co.jp 理由:{why}
20 エージェント {host} が接続しました
20W エージェント {host} との接続が切断されました
12 カレンダー定義を変更しました({date} {運用日|休業日})
10 スケジューラーサービスを開始しました
8 スケジューラーサービスを停止しました
6E データベースアクセスでエラーが発生しました(保守情報:{hex8})
6W ディスク使用率がしきい値を超えました({host}:{n}%)
4W ディスク使用率がしきい値を下回りました({host}:{n}%)
2 ログファイルを切り替えました
1E ライセンスキーが無効です
`,
  },
  {
    name: 'clinic reception in japanese',
    header: (d, level, n, of) =>
      `[2026-11-21 ${at(n)}] [${d.pick(['AP1', 'AP2'])}] [${level === 'INFO' ? 'I' : level === 'WARN' ? 'W' : 'E'}] ${of(['受付', '会計', '予約', '検査', '共通'])} : `,
    values: {
      staff: '看護師 木村|医事 大野|伊藤Dr|管理者|受付2',
      dept: '内科|整形外科|小児科|眼科|皮膚科',
      pt: (d) => `患者ID=${pad8(d.int(1, 99_999_999))}`,
      exam: '血液一般|心電図|X線(胸部)|尿検査|MRI',
      ins: '社保|国保|後期高齢|自費',
      dev: '再来受付機1|再来受付機2|自動精算機|検査部プリンター',
    },
    events: `
220 受付登録 {pt} 診療科={dept} 受付番号={n}
180 診察終了 {pt} 診療科={dept} 担当={staff}
150 会計計算 {pt} 保険={ins} 点数={n} 請求額={n}円
140 会計済 {pt} 領収額={n}円
90 予約登録 {pt} {dept} {date} {clock}
40 予約変更 {pt} {dept} {date} {clock}
30 予約取消 {pt} {dept} {date} {clock}
80 検査依頼を送信しました {pt} 項目[{exam}]
70 検査結果を受信しました {pt} 項目[{exam}] {n}件
20W 検査結果に異常値があります {pt} 項目[{exam}] 値={dec}
20E 検査依頼の送信に失敗しました {pt} 項目[{exam}] エラー={n}
60 {staff} がログインしました
55 {staff} がログアウトしました
16W {staff} のパスワードの有効期限が近づいています 残り{n}日
40 {staff} がカルテを開きました {pt}
40 {staff} がカルテを閉じました {pt}
12W {staff} がカルテを開こうとしましたが {staff} が使用中です {pt}
30 処方箋を発行しました {pt} 薬剤{d}件
10W 処方箋 {pt} 相互作用の警告 {d}件
20W {dev} の用紙が残り少なくなっています
16E {dev} が応答しません
14 {dev} が復旧しました
12 {dev} の電源が入りました
20 待ち時間 {dept} {n}分 待ち人数 {n}人
14 保険証確認 {pt} 結果=有効
8W 保険証確認 {pt} 結果=無効
8 {dept}の診察を開始しました
8 {dept}の診察を終了しました
6 DBコネクション 使用中 {n} / 最大 {n}
4E 排他エラー {pt} 更新者={staff}
2 日計処理が完了しました {date} 売上{n}円
1 システムを再起動します
`,
  },
];
