import { at, milli, type Story } from './draw-story.ts';

/** Databases, services and in-house programs. */
export const SERVICES: readonly Story[] = [
  {
    name: 'node agents of an orchestrator',
    header: (d, level, n, of) =>
      `${level[0] ?? 'I'}1121 ${at(n)}.${milli(d)}${milli(d)}    ${d.int(900, 32000)} ${of(['kubelet.go', 'reconciler_common.go', 'pod_workers.go', 'kubelet_volumes.go', 'prober.go', 'proxier.go'])}:${of(['211', '1923', '98', '745'])}] `,
    values: {
      ns: 'default|kube-system|shop-prod|monitoring',
      pod: (d) =>
        `${d.pick(['web', 'api-gateway', 'cart', 'coredns', 'node-exporter'])}-${d.hex(9)}-${d.hex(5)}`,
      p: (d) =>
        `${d.pick(['default', 'kube-system', 'shop-prod'])}/${d.pick(['web', 'api-gateway', 'cart'])}-${d.hex(9)}-${d.hex(5)}`,
      cont: 'app|istio-proxy|coredns|sidecar',
      vol: 'kube-api-access-x7k2p|config|data-vol|tmp',
      err: 'failed to \\"StartContainer\\" for \\"app\\" with CrashLoopBackOff: \\"back-off 5m0s restarting failed container=app\\"|rpc error: code = NotFound desc = could not find container|context deadline exceeded|failed to pull and unpack image: not found',
      node: 'node-a1|node-b07|ip-10-2-0-9.ec2.internal',
    },
    events: `
220 "SyncLoop (PLEG): event for pod" pod="{p}" event={"ID":"{uuid}","Type":"{ContainerStarted|ContainerDied}","Data":"{hex32}"}
160 "operationExecutor.VerifyControllerAttachedVolume started for volume \\"{vol}\\" (UniqueName: \\"kubernetes.io/projected/{uuid}-{vol}\\") pod \\"{pod}\\" (UID: \\"{uuid}\\") " pod="{p}"
140 "MountVolume.SetUp succeeded for volume \\"{vol}\\" (UniqueName: \\"kubernetes.io/projected/{uuid}-{vol}\\") pod \\"{pod}\\" (UID: \\"{uuid}\\") " pod="{p}"
90 "operationExecutor.UnmountVolume started for volume \\"{vol}\\" (UniqueName: \\"kubernetes.io/projected/{uuid}-{vol}\\") pod \\"{uuid}\\" (UID: \\"{uuid}\\") "
120E "Error syncing pod, skipping" err="{err}" pod="{p}" podUID="{uuid}"
90 "Probe failed" probeType="{Readiness|Liveness|Startup}" pod="{p}" podUID="{uuid}" containerName="{cont}" probeResult=failure output="Get \\"http://{ip}:{n}/healthz\\": dial tcp {ip}:{n}: connect: connection refused"
80 "Probe failed" probeType="{Readiness|Liveness}" pod="{p}" podUID="{uuid}" containerName="{cont}" probeResult=failure output="HTTP probe failed with statuscode: {n}"
90 "SyncLoop ADD" source="api" pods=["{p}"]
70 "SyncLoop UPDATE" source="api" pods=["{p}"]
70 "SyncLoop DELETE" source="api" pods=["{p}"]
40 "SyncLoop REMOVE" source="api" pods=["{p}"]
60 "RemoveContainer" containerID="{hex32}"
50E "RemoveContainer failed" err="{err}" containerID="{hex32}"
40 "Killing container with a grace period" pod="{p}" podUID="{uuid}" containerName="{cont}" containerID="containerd://{hex32}" gracePeriod={n}
40 "Cleaned up orphaned pod volumes dir" podUID="{uuid}" path="/var/lib/kubelet/pods/{uuid}/volumes"
30 "Topology Admit Handler" podUID="{uuid}" podNamespace="{ns}" podName="{pod}"
30W "Pod was evicted by the eviction manager" pod="{p}" reason="The node was low on resource: {memory|ephemeral-storage}."
25 Trace[{big}]: "GuaranteedUpdate etcd3" type:*core.Pod ({clock}.123) (total time: {n}ms):
25 Trace[{big}]: ---"Object stored in database" {n}ms ({clock}.456)
20 Trace[{big}]: [{dec}ms] [{dec}ms] END
20W watch of *v1.{Pod|ConfigMap|Secret} ended with: too old resource version: {big} ({big})
16E failed to list *v1.{Pod|Node|Service}: Get "https://{ip}:6443/api/v1/{pods|nodes}?limit=500": dial tcp {ip}:6443: i/o timeout
14 Stopping container runtime
12 Removed node {node} from NodeLister
12 Adding node {node} to NodeLister
10 Node {node} status is now: NodeReady
10 Node {node} status is now: NodeNotReady
8W Evicting pods on node {node}, {n} pods, zone {apne-1a|apne-1b}
8E Unable to write event: 'Post "https://{ip}:6443/api/v1/namespaces/{ns}/events": dial tcp {ip}:6443: connect: connection refused' (may retry after sleeping)
6 Using iptables Proxier.
6 Setting conntrack sysctls: nf_conntrack_max={big}
5 "Attempting to sync node with API server"
5 "Successfully registered node" node="{node}"
4 "Starting to sync pod status with apiserver"
4 "Status for pod updated after container status sync" pod="{p}" statuses={n}
3E "Image garbage collection failed once. Stats initialization may not have completed yet" err="failed to get imageFs info: unable to find data in memory cache"
2 "Kubelet version" kubeletVersion="v{ver}"
1 "Starting kubelet main sync loop"
2 Serving /debug/pprof on {ip}:{port}
1 Flag --pod-infra-container-image has been deprecated, will be removed in a future release.
`,
  },
  {
    name: 'relational database server',
    header: (d, _level, n) =>
      `2026-11-21 ${at(n)}.${milli(d)} JST [${d.int(900, 32000)}] ${d.int(0, 2) ? 'app@shop ' : ''}`,
    values: {
      tbl: 'orders|order_lines|customers|stock_moves|audit_log',
      col: 'customer_id|sku|order_no|email',
      user: 'app|report|postgres|batch user',
      db: 'shop|reporting|postgres',
      sql: "SELECT * FROM orders WHERE id = $1|UPDATE stock_moves SET qty = qty - 1 WHERE sku = 'A-12'|INSERT INTO audit_log (who, what) VALUES ('kenji', 'login')|DELETE FROM sessions WHERE expires < now()|select 1",
    },
    events: `
220 LOG:  duration: {dec} ms  statement: {sql}
120 LOG:  duration: {dec} ms  execute <unnamed>: {sql}
90 DETAIL:  parameters: $1 = '{n}'<<, $2 = '{date}'>>
160 LOG:  connection received: host={ip} port={port}
150 LOG:  connection authorized: user={user} database={db}<< application_name=psql>>
140 LOG:  disconnection: session time: 0:{clock}.{n} user={user} database={db} host={ip} port={port}
80 LOG:  checkpoint starting: {time|wal|immediate force wait}
80 LOG:  checkpoint complete: wrote {n} buffers ({dec}%); {d} WAL file(s) added, {d} removed, {d} recycled; write={dec} s, sync={dec} s, total={dec} s; sync files={n}, longest={dec} s, average={dec} s; distance={n} kB, estimate={n} kB
70 ERROR:  duplicate key value violates unique constraint "{tbl}_{col}_key"
70 DETAIL:  Key ({col})=({n}) already exists.
40 ERROR:  insert or update on table "{tbl}" violates foreign key constraint "{tbl}_{col}_fkey"
40 DETAIL:  Key ({col})=({n}) is not present in table "{tbl}".
160 STATEMENT:  {sql}
30 ERROR:  relation "{tbl}_old" does not exist at character {n}
20 ERROR:  column "{col}" does not exist at character {n}
16 ERROR:  syntax error at or near "{FROM|;|)|where}" at character {n}
30 ERROR:  canceling statement due to statement timeout
14 ERROR:  canceling statement due to user request
10 ERROR:  deadlock detected
10 DETAIL:  Process {n} waits for {ShareLock|ExclusiveLock} on {transaction {n}|tuple ({n},{n}) of relation {n} of database {n}}; blocked by process {n}.
10 HINT:  See server log for query details.
8 HINT:  Consider increasing the configuration parameter "max_wal_size".
8 CONTEXT:  while updating tuple ({n},{n}) in relation "{tbl}"
30 LOG:  process {n} still waiting for {ShareLock|ExclusiveLock|AccessExclusiveLock} on transaction {n} after {dec} ms
20 LOG:  process {n} acquired {ShareLock|ExclusiveLock|AccessExclusiveLock} on transaction {n} after {dec} ms
40 LOG:  automatic vacuum of table "{db}.public.{tbl}": index scans: {d}
30 LOG:  automatic analyze of table "{db}.public.{tbl}" system usage: CPU: user: {dec} s, system: {dec} s, elapsed: {dec} s
20 LOG:  temporary file: path "base/pgsql_tmp/pgsql_tmp{n}.{d}", size {big}
30 FATAL:  password authentication failed for user "{user}"
16 FATAL:  no pg_hba.conf entry for host "{ip}", user "{user}", database "{db}", SSL off
14 FATAL:  remaining connection slots are reserved for non-replication superuser connections
10 FATAL:  terminating connection due to administrator command
10 WARNING:  there is already a transaction in progress
6 WARNING:  there is no transaction in progress
10 LOG:  could not receive data from client: Connection reset by peer
6 LOG:  could not send data to client: Broken pipe
6 LOG:  unexpected EOF on client connection with an open transaction
5 LOG:  received SIGHUP, reloading configuration files
5 LOG:  parameter "{work_mem|max_connections|log_min_duration_statement}" changed to "{64MB|500|1s}"
4 LOG:  started streaming WAL from primary at {d}/{hex8} on timeline {d}
4 FATAL:  could not connect to the primary server: could not connect to server: Connection refused
2 LOG:  received fast shutdown request
2 LOG:  received smart shutdown request
2 LOG:  aborting any active transactions
2 LOG:  database system is shut down
2 LOG:  database system was shut down at {date} {clock} JST
1 LOG:  database system was interrupted; last known up at {date} {clock} JST
2 LOG:  database system is ready to accept connections
1 LOG:  redo starts at {d}/{hex8}
1 LOG:  redo done at {d}/{hex8}
1 PANIC:  could not write to file "pg_wal/xlogtemp.{n}": No space left on device
`,
  },
  {
    name: 'shop application with traces',
    header: (d, level, n, of) =>
      `${at(n)}.${milli(d)} [${d.pick(['main', 'http-nio-8080-exec-3', 'http-nio-8080-exec-11', 'scheduling-1', 'ForkJoinPool.commonPool-worker-7'])}] ${level.padEnd(5)} ${of(['c.e.shop.order.OrderService', 'c.e.shop.stock.StockClient', 'o.h.engine.jdbc.spi.SqlExceptionHelper', 'c.e.s.m.MailSender', 'com.zaxxer.hikari.pool.HikariPool'])} - `,
    values: {
      user: 'kenji|a.suzuki|guest|m.garcia-lopez|admin',
      full: 'Kenji Mori|Ana Garcia Lopez|鈴木 花子|Guest|John Q. Public|李 明',
      item: 'Blue mug (large)|Desk lamp|USB-C cable 2m|Notebook, A5, 3 pack|掛け時計',
      carrier: 'Yamato|Sagawa|Japan Post|DHL Express',
      state: 'NEW|PAID|PICKED|SHIPPED|CANCELLED',
      feat: 'new-checkout|recommendations|dark-mode',
      mod: 'catalog|checkout|search|loyalty',
      cause: 'Connection refused|Read timed out|HTTP 503 Service Unavailable|stream was reset: CANCEL',
    },
    events: `
220 Order {n} placed by {user}: {d} items, {n} JPY
140 Order {n} state changed from {state} to {state}
130 Reserved {d} of '{item}' for order {n}
60W Only {d} of '{item}' left in stock
90 Customer {full} signed in
60 Customer {full} signed out
30 Customer {full} registered
60 Payment of {n} JPY for order {n} authorised by {VISA|JCB|PayPay Balance}
40E Payment of {n} JPY for order {n} refused by {VISA|JCB|PayPay Balance}: {insufficient funds|card expired|suspected fraud, call issuer}
60 Parcel {hex8} handed to {carrier}, expected on {date}
30 Parcel {hex8} delivered by {carrier}
30E Call to stock service failed: {cause}⏎java.util.concurrent.CompletionException: {cause}⏎	at com.example.shop.stock.StockClient.reserve(StockClient.java:{n})⏎	at com.example.shop.order.OrderService.place(OrderService.java:{n})⏎Caused by: java.io.IOException: {cause}⏎	... {n} more
25E Order {n} could not be saved⏎org.springframework.dao.DataIntegrityViolationException: could not execute statement⏎	at org.springframework.orm.jpa.Translator.translate(Translator.java:{n})⏎	at com.example.shop.order.OrderRepository.save(Unknown Source)
20W SQL Error: {n}, SQLState: {23505|40001|08006}
20E ERROR: deadlock detected⏎  Detail: Process {n} waits for ShareLock on transaction {n}; blocked by process {n}.
40 Cache {mod} refreshed: {n} entries in {n} ms
20 Cache {mod} cleared
30 Feature {feat} enabled for {full}
25 Feature {feat} disabled for {full}
16 Feature {feat} enabled for everyone
40 Mail "{Your order has shipped|Welcome!|Password reset}" sent to {user}@example.com
16E Mail "{Your order has shipped|Welcome!|Password reset}" to {user}@example.com bounced: {mailbox full|user unknown|greylisted, try again later}
25 HikariPool-{d} - Pool stats (total={n}, active={n}, idle={n}, waiting={n})
14W HikariPool-{d} - Thread starvation or clock leap detected (housekeeper delta={n}s{n}ms).
10W HikariPool-{d} - Failed to validate connection org.postgresql.jdbc.PgConnection@{hex8} (This connection has been closed.). Possibly consider using a shorter maxLifetime value.
6E HikariPool-{d} - Connection is not available, request timed out after {n}ms.
20 Module {mod} started in {dec} seconds
14 Module {mod} stopped
10 Importing products from {products 2026-11 final.csv|new_items.csv|Preisliste (neu).xlsx}
10 Imported {n} products from {products 2026-11 final.csv|new_items.csv|Preisliste (neu).xlsx}, {n} skipped
12 Nightly export to {/mnt/share/out|sftp://ftp.partner.example/in} finished, {n} files
6E Nightly export to {/mnt/share/out|sftp://ftp.partner.example/in} failed after {d} attempts
8 Coupon {SUMMER10|WELCOME|VIP-2026} applied to order {n}
5W Coupon {SUMMER10|WELCOME|VIP-2026} rejected for order {n}: {expired|already used by this customer|minimum amount not reached}
6 Tags of product {n} set to {Blue|new arrival|sale|gift idea}<<, {Blue|new arrival|sale|gift idea}>><< and {Blue|new arrival|sale}>>
4 Permissions of {full} changed: {read|write|approve}<<, {write|approve}>> granted
3 Permissions of {full} changed: {read|write|approve}<<, {write|approve}>> revoked
2 Starting ShopApplication v{ver} using Java {n} on {web01|web02} with PID {n}
2 No active profile set, falling back to default profiles: default
2 Tomcat started on port(s): {n} (http) with context path ''
1 Shutting down ExecutorService 'applicationTaskExecutor'
1 Closing JPA EntityManagerFactory for persistence unit 'default'
`,
  },
  {
    name: 'task queue in python',
    header: (d, level, n) =>
      `[2026-11-21 ${at(n)},${milli(d)}: ${level === 'WARN' ? 'WARNING' : level}/${d.int(0, 1) ? 'MainProcess' : `ForkPoolWorker-${d.int(1, 16)}`}] `,
    values: {
      task: 'shop.tasks.send_mail|shop.tasks.rebuild_index|billing.tasks.charge|core.cleanup|reports.tasks.monthly_pdf',
      exc: "ConnectionError('Error 111 connecting to redis:6379. Connection refused.')|ValueError('invalid literal for int() with base 10: \\'abc\\'')|KeyError('user_id')|OperationalError('database is locked')|TimeoutError()",
      ret: "None|{'status': 'ok', 'sent': 3}|True|[1, 2, 3]|'done'",
      url: '/api/orders/|/accounts/login/|/static/app.js|/api/items/881/',
      tpl: 'mail/welcome.html|mail/reset.txt|invoice.html',
      model: 'Order|Invoice|UserProfile|StockMove',
      user: 'kenji|anonymous|m.garcia|staff user',
      lang: 'ja|en|zh-hans',
    },
    events: `
330 Task {task}[{uuid}] received
270 Task {task}[{uuid}] succeeded in {dec}s: {ret}
60E Task {task}[{uuid}] raised unexpected: {exc}⏎Traceback (most recent call last):⏎  File "/app/venv/lib/python3.11/site-packages/celery/app/trace.py", line {n}, in trace_task⏎    R = retval = fun(*args, **kwargs)⏎  File "/app/shop/tasks.py", line {n}, in send_mail⏎    raise exc
40 Task {task}[{uuid}] retry: Retry in {n}s: {exc}
14W Task {task}[{uuid}] ignored
10E Task {task}[{uuid}] revoked<<: expired>>
10E Received unregistered task of type '{task}'.
80 Scheduler: Sending due task {task} ({task})
70 {task}: processed {n} rows, skipped {n}
60 Rendering {tpl} for {user} (lang={lang})
50 Saved {model} object ({n})
40 Deleted {model} object ({n})
30 Mail sent to {user}@example.com
25E Mail to {user}@example.com failed: {exc}
40W Not Found: {url}
30W Forbidden (CSRF token missing.): {url}
20W Bad Request: {url}
30E Internal Server Error: {url}
60 "{GET|POST|PUT} {url} HTTP/1.1" {n} {n}
20W Slow query ({dec}s): SELECT "{shop_order|auth_user}"."id" FROM "{shop_order|auth_user}" WHERE "{shop_order|auth_user}"."id" = {n}
20 Cache hit ratio {dec}% ({n}/{n})
14 Signal {post_save|pre_delete|user_logged_in} handled by {model} receiver
14 Worker {d} online
12 Worker {d} offline
12 missed heartbeat from celery@{web01|web02|batch-1}
10 sync with celery@{web01|web02|batch-1}
8W consumer: Connection to broker lost. Trying to re-establish the connection...
8E consumer: Cannot connect to redis://redis:6379/0: Error {n} connecting to redis:6379. {Connection refused|Name or service not known}..
8 Connected to redis://redis:6379/0
6 mingle: searching for neighbors
5 mingle: all alone
3 mingle: sync with {d} nodes
6E Process 'ForkPoolWorker-{n}' pid:{n} exited with 'signal {9 (SIGKILL)|15 (SIGTERM)}'
5W Timed out waiting for UP message from <ForkProcess(ForkPoolWorker-{n}, started daemon)>
5 Settings changed: {DEBUG|CACHE_TTL|EMAIL_HOST} = {True|300|smtp.example.com}
4 Applying migration {shop|billing|auth}.{0012_add_sku|0003_auto_2026}... OK
4 Locale files compiled for {lang}<<, {lang}>><< and {lang}>>
3W DeprecationWarning: {force_text|ugettext|smart_text}() is deprecated
2 celery@{web01|web02} ready.
2 beat: Starting...
1 Warm shutdown (MainProcess)
1 Hitting Ctrl+C again will terminate all running tasks!
1W You're running the worker with superuser privileges: this is absolutely not recommended!
`,
  },
  {
    name: 'warehouse batch',
    header: (d, level, n, of) =>
      `2026/11/21 ${at(n)}.${milli(d)} [${level === 'INFO' ? '情報' : level === 'WARN' ? '警告' : 'エラー'}] ${of(['入荷', '出荷', '在庫', 'マスタ', '連携', '帳票'])}${of(['BAT', 'API', 'SVC'])}${of(['001', '014', '120'])} `,
    values: {
      name: '田中|佐藤 花子|鈴木|髙橋 健一|システム管理者|ｶﾀｶﾅ 太郎',
      site: '札幌センター|川崎第二倉庫|福岡|仙台物流センター',
      item: '冷凍うどん 5食入|A4コピー用紙|洗剤（詰替）|USBケーブル 2m|軍手',
      cust: '株式会社山田商店|（有）みなと水産|東北物産㈱|カワムラ',
      file: '入荷予定_20261121.csv|在庫 棚卸 最終版.xlsx|SHUKKA01.DAT|得意先マスタ.txt',
      slip: (d) => `${d.pick(['NY', 'SK', 'ZK'])}${d.int(10000000, 99999999)}`,
      loc: (d) => `${d.pick(['A', 'B', 'C'])}-${d.int(1, 40)}-${d.int(1, 9)}`,
      job: '夜間在庫締め|出荷確定|入荷予定取込|売上連携',
      dept: '営業部|物流課|情報システム室',
    },
    events: `
220 伝票番号 {slip} の入荷検品を完了しました（{n}件、担当：{name}）
190 伝票番号 {slip} を出荷確定しました
150 ロケーション{loc}から{loc}へ「{item}」を{n}個移動しました
120 商品「{item}」の在庫を{n}個引き当てました
80W 商品「{item}」の在庫が不足しています（必要数={n}、在庫数={n}）
60W 商品「{item}」の在庫が安全在庫を下回りました（在庫数={n}）
60 ファイル{file}を取り込みました（{n}行）
40E ファイル{file}の取込に失敗しました：{n}行目の項目「{数量|商品コード|納品日}」が不正です
25E ファイル{file}が見つかりません
60 ジョブ「{job}」を開始しました
60 ジョブ「{job}」が正常終了しました（処理時間 {n}秒）
20E ジョブ「{job}」が異常終了しました（終了コード={d}）
16W ジョブ「{job}」の開始が{n}分遅れています
50 {name}さんがログインしました（端末：{TERM01|HT-12|事務所PC3}）
45 {name}さんがログアウトしました
20W {name}さんのログインに失敗しました（パスワード誤り {d}回目）
40 得意先 {cust} へ出荷案内メールを送信しました
14E 得意先 {cust} へのメール送信に失敗しました：{接続がタイムアウトしました|宛先が存在しません|認証エラー}
40 {site}の棚卸を開始しました
35 {site}の棚卸を終了しました 差異{n}件
30 {site}：トラック{d}号車 到着
30 {site}：トラック{d}号車 出発
20 承認依頼を{dept}の{name}へ送信しました
16 承認依頼が{name}により承認されました
10 承認依頼が{name}により却下されました<<（理由：{数量誤り|期限切れ|その他}）>>
30 マスタ更新：商品{n}件、得意先{n}件、単価{n}件
25 帳票「{納品書|送り状|ピッキングリスト}」を{n}部印刷しました（プリンタ：{PRN-1F|複合機2階}）
12E 帳票「{納品書|送り状|ピッキングリスト}」の印刷に失敗しました 用紙切れ
10E 帳票「{納品書|送り状|ピッキングリスト}」の印刷に失敗しました 通信エラー
30 DB接続を取得しました 使用中={n}/{n}
10E DB接続の取得に失敗しました ORA-{n}: {リスナーがありません|最大セッション数を超えました}
20 外部連携 送信電文={hex16} 応答コード={n} 応答時間={n}ms
14W 外部連携 応答が遅延しています 応答時間={n}ms しきい値={n}ms
8E 外部連携 応答なし 再送{d}回目
6 対象データなし
5 処理件数：{n}件／エラー：{n}件
4 設定「{自動補充|ロット管理|賞味期限チェック}」を有効にしました
4 設定「{自動補充|ロット管理|賞味期限チェック}」を無効にしました
3 カレンダー {date}を{休日|営業日}に変更しました
2 システムを起動しました バージョン{ver}
2 システムを停止します
1E ライセンスの有効期限が切れています
2 バックアップを開始します
1 バックアップが完了しました
`,
  },
  {
    name: 'service in json',
    header: (d, level, n, of) =>
      `{"ts":"2026-11-21T${at(n)}.${milli(d)}Z","level":"${level.toLowerCase()}","logger":"${of(['http', 'billing', 'auth', 'worker', 'storage'])}","trace_id":"${d.hex(16)}","msg":"`,
    tail: (d) =>
      d.int(0, 1)
        ? `","tenant":"t-${d.int(1, 40)}"}`
        : `","tenant":"t-${d.int(1, 40)}","duration_ms":${d.int(1, 900)}}`,
    values: {
      user: 'alice|bob.k|svc-import|Zoë Müller|root',
      mod: 'cart|search|billing|profile',
      url: '/v1/orders|/v1/orders/8812|/healthz|/v2/users/me?full=true',
      file: 'invoice 2026-11.pdf|avatar.png|export (3).csv',
      why: 'connection reset by peer|context deadline exceeded|EOF|no such host',
      plan: 'free|team|enterprise plus',
      region: 'ap-northeast-1|us-east-1|eu-west-3',
    },
    events: `
260 request completed: {GET|POST|DELETE|PUT} {url} -> {n} in {dec}ms
160 user {user} logged in
90 user {user} logged out
40W user {user} entered a wrong password {d} time(s)
16 user {user} locked
14 user {user} unlocked
80 uploaded {file} ({n} bytes) to bucket {mod}-assets
60E upload of {file} to bucket {mod}-assets failed: {why}
40 deleted {file} from bucket {mod}-assets
60 job {mod}-reindex started
55 job {mod}-reindex finished in {dec}s
20E job {mod}-reindex failed: {why}
60 cache miss for key {mod}:{n}
60 cache hit for key {mod}:{n}
40 tenant moved from plan {plan} to plan {plan}
30 invoice {hex8} issued, amount {dec} {USD|EUR|JPY}
25 invoice {hex8} paid
20E invoice {hex8} payment failed: {card_declined|insufficient funds|3DS timeout}
14 subscription renewed until {date}
30W retrying call to {mod} service, attempt {d} of {d}: {why}
25W circuit breaker for {mod} opened after {n} failures
20 circuit breaker for {mod} closed
16 circuit breaker for {mod} half-open
20 feature {mod}.beta turned on by {user}
20 feature {mod}.beta turned off by {user}
12 config reloaded, changed keys: {timeout|retries|log_level}<<, {timeout|retries}>><<, {pool_size|log_level}>>
12 replica in {region} promoted to primary
10 replica in {region} demoted
10W replica in {region} lagging by {dec}s
8E panic recovered: runtime error: {index out of range [{d}] with length {d}|invalid memory address or nil pointer dereference}
8 listening on :{port}
6 graceful shutdown requested
6 graceful shutdown done, {n} connections drained
4 token for {user} expires in {n} minutes
4 webhook {hex8} delivered to https://hooks.example.com/{mod} with status {n}
3E webhook {hex8} dropped after {d} attempts
2 migration {n} applied
1 schema is up to date
2W clock skew of {dec}ms against {region}
`,
  },
  {
    name: 'nightly script without dates',
    header: () => '',
    values: {
      pkg: 'libssl3|openssh-server|python3-minimal|linux-image-6.1.0-12-amd64|tzdata',
      dir: '/srv/data|/home/kenji/My Documents|/etc|/var/lib/mysql|/srv/share/Team A',
      file: '/etc/passwd|/home/kenji/My Documents/plan 2026.docx|/srv/data/a.bin|./logs/app.log|/srv/share/Team A/minutes (draft).txt',
      svc: 'nginx|mysqld|cron|php8.2-fpm',
      host: 'backup01|nas-2|db.example.net',
      tbl: 'orders|customers|stock|audit',
      size: (d) => `${d.int(1, 999)}${d.pick(['K', 'M', 'G'])}`,
    },
    events: `
240 sending {file}
160 skipping {file}, not changed
60 deleting {file}
30 cannot read {file}: Permission denied
20 cannot read {file}: No such file or directory
70 Setting up {pkg} ({ver}-1) ...
70 Unpacking {pkg} ({ver}-1) over ({ver}-1) ...
60 Preparing to unpack .../archives/{pkg}_{ver}-1_amd64.deb ...
50 Selecting previously unselected package {pkg}.
20 Removing {pkg} ({ver}-1) ...
14 {pkg} is already the newest version ({ver}-1).
60 dumping table {tbl} ... done ({n} rows)
20 dumping table {tbl} ... failed
60 compressing {dir}/dump.sql: {n} -> {n} bytes ({dec}%)
30 Starting {svc}
30 Stopping {svc}
20 {svc} is running (pid {n})
14 {svc} is not running
40 copying {dir} to {host}:{dir}
35 sent {big} bytes  received {n} bytes  {dec} bytes/sec
35 total size is {big}  speedup is {dec}
20 Filesystem {dir} {n}% used, {size} free
16 WARNING: {dir} is {n}% full
12 ERROR: {host} does not answer, giving up after {d} tries
12 WARNING: {host} does not answer, trying again in {n} seconds
30 checksum ok {hex32} {file}
10 checksum MISMATCH {hex32} {file}
14 mounting {host}:{dir} on /mnt/backup
14 unmounting /mnt/backup
12 Get:{n} http://deb.example.org bookworm/main amd64 {pkg} amd64 {ver}-1 [{n} kB]
8 Hit:{n} http://deb.example.org bookworm InRelease
6 Reading package lists... Done
6 Building dependency tree... Done
5 {n} upgraded, {n} newly installed, {n} to remove and {n} not upgraded.
4 The following packages will be upgraded: {pkg} {pkg}<< {pkg}>><< {pkg}>>
20 == step {d} of {d}: {dump|compress|copy to {host}|clean up old files} ==
6 elapsed {n} min {n} s
4 nothing to do
2 backup finished without errors
2 backup finished with {n} errors
1 lock file /var/run/backup.lock exists, another run is active?
`,
  },
];
