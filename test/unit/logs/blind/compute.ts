import { at, milli, type Story } from './draw-story.ts';

/** Clusters and the programs that run on them. */
export const COMPUTE: readonly Story[] = [
  {
    name: 'batch scheduler',
    header: (d, level, n) =>
      `[2026-11-21T${at(n)}.${milli(d)}] ${level === 'ERROR' ? 'error: ' : level === 'WARN' ? 'warning: ' : ''}`,
    values: {
      node: (d) => `cn${String(d.int(1, 400)).padStart(4, '0')}`,
      nodes: (d) => (d.int(0, 1) ? `cn0${d.int(100, 399)}` : `cn[0${d.int(100, 200)}-0${d.int(201, 399)}]`),
      user: 'mtanaka|lhopper|svc_cfd|jdoe|postdoc3|root',
      part: 'normal|debug|gpu|long|bigmem',
      acct: 'physics|chem-lab|weather|default',
      qos: 'normal|high|scavenger',
      reason: 'Resources|Priority|Dependency|QOSMaxJobsPerUserLimit|AssocGrpCPULimit',
      why: 'Not responding|Kill task failed|Low RealMemory|Prolog error|gres/gpu count reported lower than configured (3 < 4)|batch job complete failure',
      plugin:
        'select/cons_tres|accounting_storage/slurmdbd|jobacct_gather/linux|proctrack/cgroup|auth/munge|sched/backfill',
    },
    events: `
300 sched: Allocate JobId={big} NodeList={nodes} #CPUs={n} Partition={part}
260 _job_complete: JobId={big} WEXITSTATUS {d}
260 _job_complete: JobId={big} done
200 _slurm_rpc_submit_batch_job: JobId={big} InitPrio={big} usec={n}
90 sched/backfill: _start_job: Started JobId={big} in {part} on {nodes}
60 _slurm_rpc_kill_job: REQUEST_KILL_JOB JobId={big} uid {n}
40W _job_complete: JobId={big} OOM failure
30 job_time_limit: JobId={big} timed out
30 cleanup_completing: JobId={big} completion process took {n} seconds
25 email msg to {user}: Slurm Job_id={big} Name={acct}_run{n} Ended, Run time {clock}, COMPLETED, ExitCode {d}
14 email msg to {user}: Slurm Job_id={big} Name={acct}_run{n} Failed, Run time {clock}, FAILED, ExitCode {d}
20 requeue job JobId={big} due to failure of node {node}
20E Nodes {nodes} not responding
15E Nodes {nodes} not responding, setting DOWN
16 Node {node} now responding
14 node {node} returned to service
12 update_node: node {node} reason set to: {why}
12 update_node: node {node} state set to DRAINED
12 update_node: node {node} state set to DOWN
10 update_node: node {node} state set to IDLE
16 error: _find_node_record: lookup failure for node "{node}"
14W node {node}: Kill task failed, draining
12 _slurm_rpc_update_job: complete JobId={big} uid={n} usec={n}
12E slurm_receive_msg [{ip}:{port}]: Zero Bytes were transmitted or received
8E slurm_receive_msg [{ip}:{port}]: Socket timed out on send/recv operation
10 JobId={big} not started yet, reason {reason}
9 sched: JobId={big}. State=PENDING. Reason={reason}. Priority={big}. Partition={part}.
8W JobId={big} has exceeded its memory limit ({n} > {n} MB)
8 backfill: completed testing {n}({n}) jobs, usec={n}
8 Recovered state of {n} nodes
7 Recovered information about {n} jobs
6 Recovered JobId={big} Assoc={n}
6E Security violation, REQUEST_COMPLETE_BATCH_LAUNCH RPC from uid={n}
5 {plugin}: init: loaded
5 {plugin}: fini: unloading
5 _slurm_rpc_reconfigure_controller: completed usec={n}
4 Reservation {acct}_maint ended, deleted<< by {user}>>
3 Created reservation {acct}_maint accounts={acct} users={user} nodes={nodes}
4 Terminate signal (SIGINT or SIGTERM) received
2 Saving all slurm state
2 slurmctld version {ver} started on cluster {acct}
2 Running as primary controller
2 layouts: no layout to initialize
1 No trigger state file (/var/spool/slurm/trigger_state.old) to recover
1 Munge credential expired
2E Munge decode failed: Expired credential
1E auth_munge: Unable to retrieve addr: Invalid authentication credential
2 _preserve_plugins: backup_controller not specified
1 topology/none: topology_p_build_config
`,
  },
  {
    name: 'distributed data job',
    header: (_d, level, n, of) =>
      `26/11/21 ${at(n)} ${level} ${of(['executor.Executor', 'storage.BlockManager', 'scheduler.TaskSetManager', 'scheduler.DAGScheduler', 'memory.MemoryStore', 'util.Utils', 'yarn.ApplicationMaster', 'spark.MapOutputTracker'])}: `,
    values: {
      host: (d) => `dn-${d.int(1, 48)}.prod.example`,
      tid: (d) => String(d.int(1, 90000)),
      blk: (d) => `rdd_${d.int(1, 80)}_${d.int(0, 400)}`,
      bc: (d) => `broadcast_${d.int(0, 90)}${d.int(0, 1) ? `_piece${d.int(0, 3)}` : ''}`,
      size: (d) =>
        `${d.int(1, 999)}.${d.int(0, 9)} ${d.int(0, 9) < 6 ? 'KB' : d.int(0, 3) ? 'MB' : d.int(0, 1) ? 'GB' : 'B'}`,
      stage: (d) => `${d.int(0, 90)}.${d.int(0, 1)}`,
      op: 'collect|count|saveAsTextFile|map|reduceByKey|treeAggregate',
      src: 'Loader.scala|JoinOrders.java|train.py',
      cont: (d) =>
        `container_1763${d.int(100000000, 999999999)}_0012_01_${String(d.int(1, 99)).padStart(6, '0')}`,
      file: (d) =>
        `hdfs://ns1/warehouse/${d.int(0, 1) ? 'orders' : 'clicks'}/dt=202611${d.int(10, 28)}/part-${String(d.int(0, 999)).padStart(5, '0')}`,
      left: (d) => (d.int(0, 1) ? '.' : ` ${d.int(1, 8)} fetches in flight.`),
    },
    events: `
330 Running task {n}.{d} in stage {stage} (TID {tid})
330 Finished task {n}.{d} in stage {stage} (TID {tid}). {n} bytes result sent to driver
170 Starting task {n}.{d} in stage {stage} (TID {tid}, {host}, partition {n}, {PROCESS_LOCAL|NODE_LOCAL|ANY|RACK_LOCAL}, {n} bytes)
150 Finished task {n}.{d} in stage {stage} (TID {tid}) in {n} ms on {host} ({n}/{n})
140 Got assigned task {tid}
120 Found block {blk} locally
90 Block {bc} stored as values in memory (estimated size {size}, free {size})
80 Block {bc} stored as bytes in memory (estimated size {size}, free {size})
70 Added {bc} in memory on {host}:{port} (size: {size}, free: {size})
40 Removed {bc} on {host}:{port} in memory (size: {size}, free: {size})
40 Started reading broadcast variable {n}
40 Reading broadcast variable {n} took {n} ms
60 Getting {n} non-empty blocks out of {n} blocks
60 Started {d} remote fetches in {n} ms
30 Input split: {file}:{big}+{big}
25 Block {blk} is not in memory, fetching from disk
20 Submitting {n} missing tasks from {ShuffleMapStage|ResultStage} {n} (MapPartitionsRDD[{n}] at {op} at {src}:{n})
20 {ShuffleMapStage|ResultStage} {n} ({op} at {src}:{n}) finished in {dec} s
14 Got job {n} ({op} at {src}:{n}) with {n} output partitions
14 Job {n} finished: {op} at {src}:{n}, took {dec} s
10 looking for newly runnable stages
10 Parents of final stage: List(<<ShuffleMapStage {n}>>)
8W Lost task {n}.{d} in stage {stage} (TID {tid}, {host}): java.io.IOException: Failed to connect to {host}/{ip}:{port}
7W Lost task {n}.{d} in stage {stage} (TID {tid}, {host}): FetchFailed(BlockManagerId({n}, {host}, {port}), shuffleId={n}, mapId={n}, reduceId={n}, message=
8E Exception in task {n}.{d} in stage {stage} (TID {tid})⏎java.lang.NullPointerException⏎	at com.example.Join.call(Join.java:{n})⏎	at org.engine.rdd.RDD.iterator(RDD.scala:{n})⏎	at java.lang.Thread.run(Thread.java:745)
6 Launching container {cont} on host {host}
6 Completed container {cont} on host: {host} (state: COMPLETE, exit status: {n})
5W Container marked as failed: {cont} on host: {host}. Exit status: {n}. Diagnostics: Container killed on request. Exit code is {n}
5 Requesting {n} new executor containers, each with {d} cores and {n} MB memory
5 Spilling in-memory map of {size} to disk ({n} time{s|} so far)
4 Executor {n} heartbeat timed out after {n} ms
4E Lost executor {n} on {host}: Remote RPC client disassociated
4 Don't have map outputs for shuffle {n}, fetching them
4 Doing the fetch; tracker endpoint = NettyRpcEndpointRef(spark://MapOutputTracker@{ip}:{port})
3 Saved output of task 'attempt_202611211{n}_000{d}_m_{n}_{d}' to {file}
3 attempt_202611211{n}_000{d}_m_{n}_{d}: Committed
2 Changing view acls to: {hadoop|yarn,hadoop}
2 Changing modify acls to: {hadoop|yarn,hadoop}
2 SecurityManager: authentication disabled; ui acls disabled; users with view permissions: Set(yarn, hadoop)
2 Successfully started service 'sparkDriver' on port {port}.
2 Successfully started service 'SparkUI' on port {port}.
2 Created local directory at /mnt/disk{d}/yarn/usercache/hadoop/blockmgr-{uuid}
2 MemoryStore started with capacity {size}
1 Registered BlockManager
1 Trying to register BlockManager
1 Invoking stop() from shutdown hook
2 Shutdown hook called
1 Deleting directory /tmp/spark-{uuid}
`,
  },
  {
    name: 'ensemble of coordinators',
    header: (d, level, n, of) =>
      `2026-11-21 ${at(n)},${milli(d)} - ${level.padEnd(5)} [${of([`QuorumPeer[myid=${d.int(1, 3)}]/0:0:0:0:0:0:0:0:2181`, 'main', `NIOServerCxn.Factory:0.0.0.0/0.0.0.0:2181`, `SyncThread:${d.int(1, 3)}`, `WorkerReceiver[myid=${d.int(1, 3)}]`, `SendWorker:${d.int(100, 999)}${d.int(100000, 999999)}`, `/10.1.0.${d.int(1, 9)}:3888`, 'ProcessThread(sid:1 cport:-1):'])}:${of(['QuorumPeer', 'NIOServerCnxn', 'ZooKeeperServer', 'FileTxnLog', 'Learner', 'QuorumCnxManager$Worker'])}@${of(['211', '747', '1001', '92', '399'])}] - `,
    values: {
      sid: (d) => `0x${d.int(1, 3)}5a${d.hex(12)}`,
      path: '/brokers/ids/1|/controller|/config/topics/orders|/consumers/g1/offsets|/hbase/rs',
      code: 'NodeExists|NoNode|BadVersion|NotEmpty',
      op: 'create|delete|setData|multi',
      state: 'LOOKING|FOLLOWING|LEADING|OBSERVING',
    },
    events: `
260 Accepted socket connection from /{ip}:{port}
240 Closed socket connection for client /{ip}:{port} which had sessionid {sid}
150 Closed socket connection for client /{ip}:{port} (no session established for client)
150W caught end of stream exception
140W EndOfStreamException: Unable to read additional data from client sessionid {sid}, likely client has closed socket
130 Client attempting to establish new session at /{ip}:{port}
120 Established session {sid} with negotiated timeout {n} for client /{ip}:{port}
60 Client attempting to renew session {sid} at /{ip}:{port}
40 Revalidating client: {sid}
40 Expiring session {sid}, timeout of {n}ms exceeded
60 Processed session termination for sessionid: {sid}
70 Got user-level KeeperException when processing sessionid:{sid} type:{op} cxid:0x{d} zxid:0x{hex8} txntype:-1 reqpath:n/a Error Path:{path} Error:KeeperErrorCode = {code} for {path}
80W Cannot open channel to {d} at election address /{ip}:{port}
70 Notification time out: {n}
60 Received connection request /{ip}:{port}
60W Send worker leaving thread
60W Interrupted while waiting for message on queue
55W Interrupting SendWorker
50W Connection broken for id {big}, my id = {d}, error =
45 Have smaller server identifier, so dropping the connection: ({d}, {d})
40 Notification: {d} (n.leader), 0x{hex8} (n.zxid), 0x{d} (n.round), {state} (n.state), {d} (n.sid), 0x{d} (n.peerEPoch), {state} (my state)
20W Connection request from old client /{ip}:{port}; will be dropped if server is in r-o mode
10 Snapshotting: 0x{hex8} to /var/zk/version-2/snapshot.{hex8}
10 Creating new log file: log.{hex8}
10W fsync-ing the write ahead log in SyncThread:{d} took {n}ms which will adversely effect operation latency. See the troubleshooting guide
9E Unexpected exception causing shutdown while sock still open
8W ******* GOODBYE /{ip}:{port} ********
7 Follower sid: {d} : info : org.apache.zookeeper.server.quorum.QuorumPeer$QuorumServer@{hex8}
6 Synchronizing with Follower sid: {d} maxCommittedLog=0x{hex8} minCommittedLog=0x{hex8} peerLastZxid=0x{hex8}
5 Sending DIFF
4 Sending SNAP
4 Getting a snapshot from leader
3 Getting a diff from the leader 0x{hex8}
4 LOOKING
4 FOLLOWING
3 LEADING
3 FOLLOWING - LEADER ELECTION TOOK - {n}
3 New election. My id = {d}, proposed zxid=0x{hex8}
2 tickTime set to {n}
2 minSessionTimeout set to {n}
2 maxSessionTimeout set to {n}
2 autopurge.purgeInterval set to {d}
2 autopurge.snapRetainCount set to {d}
1 Purge task is not scheduled.
2 Reading configuration from: /etc/zookeeper/conf/zoo.cfg
2 Defaulting to majority quorums
2 binding to port 0.0.0.0/0.0.0.0:2181
1 Server environment:java.version=1.7.0_51
1 Server environment:os.name=Linux
1 Server environment:java.io.tmpdir=/tmp
1 Server environment:user.home=/home/zk
`,
  },
  {
    name: 'message broker nodes',
    header: (d, level, n) => `[2026-11-21 ${at(n)},${milli(d)}] ${level} `,
    tail: (_d, of) =>
      ` (${of(['kafka.server.ReplicaManager', 'kafka.log.Log', 'kafka.coordinator.group.GroupCoordinator', 'kafka.controller.KafkaController', 'kafka.cluster.Partition', 'state.change.logger'])})`,
    values: {
      topic: 'orders|payments|click-events|__consumer_offsets|audit.v2|dead_letters',
      group: 'billing|search-indexer|console-consumer-81237|fraud.detect',
      member: (d) => `consumer-${d.int(1, 9)}-${d.hex(8)}-${d.hex(4)}`,
      reason:
        'Adding new member {member} with group instance id None|removing member {member} on LeaveGroup|removing member {member} on heartbeat expiration|Updating metadata for member {member} during Stable',
      cfg: 'retention.ms -> 604800000, cleanup.policy -> delete|cleanup.policy -> compact|segment.bytes -> 1073741824, min.insync.replicas -> 2, max.message.bytes -> 1000012',
      parts: (d) =>
        Array.from(
          { length: d.int(1, 4) },
          () => `${d.pick(['orders', 'payments', 'audit.v2'])}-${d.int(0, 30)}`,
        ).join(','),
    },
    events: `
200 [Log partition={topic}-{n}, dir=/kafka/d{d}] Rolled new log segment at offset {big} in {n} ms.
150 [Log partition={topic}-{n}, dir=/kafka/d{d}] Deleting segments List(LogSegment(baseOffset={big}, size={big}, lastModifiedTime={big}, largestTime={big}))
140 [ProducerStateManager partition={topic}-{n}] Writing producer snapshot at offset {big}
120 [GroupCoordinator {d}]: Preparing to rebalance group {group} in state PreparingRebalance with old generation {n} (__consumer_offsets-{n}) (reason: {reason})
110 [GroupCoordinator {d}]: Stabilized group {group} generation {n} (__consumer_offsets-{n})
100 [GroupCoordinator {d}]: Assignment received from leader for group {group} for generation {n}
60 [GroupCoordinator {d}]: Member {member} in group {group} has failed, removing it from the group
50 [GroupCoordinator {d}]: Group {group} with generation {n} is now empty (__consumer_offsets-{n})
80 [GroupMetadataManager brokerId={d}] Removed {n} expired offsets in {n} milliseconds.
60 [Partition {topic}-{n} broker={d}] Shrinking ISR from {d},{d},{d} to {d},{d}. Leader: (highWatermark: {big}, endOffset: {big}). Out of sync replicas: (brokerId: {d}, endOffset: {big}).
60 [Partition {topic}-{n} broker={d}] Expanding ISR from {d},{d} to {d},{d},{d}
50 [Partition {topic}-{n} broker={d}] ISR updated to {d},{d} and version updated to {n}
40 [ReplicaFetcher replicaId={d}, leaderId={d}, fetcherId={d}] Truncating partition {topic}-{n} to local high watermark {big}
40W [ReplicaFetcher replicaId={d}, leaderId={d}, fetcherId={d}] Error in response for fetch request (type=FetchRequest, replicaId={d}, maxWait={n}, minBytes={d}, maxBytes={big}, fetchData={}, isolationLevel=READ_UNCOMMITTED, toForget=, metadata=(sessionId={big}, epoch={n}))
30 [ReplicaFetcherManager on broker {d}] Removed fetcher for partitions Set({parts})
30 [ReplicaFetcherManager on broker {d}] Added fetcher for partitions List([{topic}-{n}, initOffset {big} to broker BrokerEndPoint( id: {d}, host: k{d}.example:9092)])
20 [Controller id={d}] Processing automatic preferred replica leader election
18 [Controller id={d}] New leader and ISR for partition {topic}-{n} is {"leader":{d},"leader_epoch":{n},"isr":[{d},{d}]}
14 [Controller id={d}] Broker failure callback for {d}
12 [Controller id={d}] Newly added brokers: {d}, deleted brokers: <<{d}>>, bounced brokers: <<{d}>>, all live brokers: {d},{d}
14E [ReplicaManager broker={d}] Error processing append operation on partition {topic}-{n}
10E [KafkaApi-{d}] Error when handling request: clientId={group}, correlationId={n}, api={FETCH|PRODUCE|METADATA}
10W [SocketServer brokerId={d}] Unexpected error from /{ip}; closing connection
10 [SocketServer brokerId={d}] Failed authentication with /{ip} (SSL handshake failed)
8 Creating topic {topic} with configuration {{cfg}} and initial partition assignment {n} -> ArrayBuffer({d}, {d})
6 Updating config for topic {topic}: {{cfg}}
6 [Admin Manager on Broker {d}]: Error processing create topic request for {topic}
5W Client session timed out, have not heard from server in {n}ms for sessionid 0x{hex16}
5 Opening socket connection to server k{d}.example/{ip}:2181. Will not attempt to authenticate using SASL (unknown error)
4 [ZooKeeperClient] Connected.
4 [ZooKeeperClient] Waiting until connected.
3 Awaiting socket connections on {ip}:{port}.
2 [KafkaServer id={d}] started
2 [KafkaServer id={d}] shutting down
2 [KafkaServer id={d}] shut down completed
2 [KafkaServer id={d}] Starting controlled shutdown
1 [KafkaServer id={d}] Controlled shutdown succeeded
1 Loading logs from log dirs ArrayBuffer(/kafka/d0, /kafka/d1)
2 Logs loading complete in {n} ms.
1W No meta.properties file under dir /kafka/d{d}/meta.properties
`,
  },
];
