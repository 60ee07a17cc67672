import { APPROVAL_COLUMNS, APPROVAL_TABLE, COMPANY, type CompanyTableName } from '../../store/index.ts';

/** Other names under which companies keep the same thing, Japanese and English. Compared after `foldName`. */
export const TABLE_NAMES: Readonly<Record<CompanyTableName | typeof APPROVAL_TABLE, string>> = {
  locations: '拠点 事業所 営業所 センター サイト 勤務地 site center centre branch office base place',
  businesses: '業務 業務種別 案件 事業 business_type work_type project client_job business_unit job',
  processes: '工程 作業工程 処理工程 作業 process_step step operation_type work_process task_type',
  operators:
    '従業員 社員 オペレーター オペレータ 作業者 要員 スタッフ 担当者 employee staff worker member user personnel',
  operator_process_capabilities:
    '従業員スキル スキル 能力 工程能力 技能 作業者スキル 従業員工程能力 オペレーター工程能力 capability skill operator_skill employee_skill employee_capability staff_skill worker_skill skill_matrix',
  progress_snapshots:
    '進捗 進捗状況 進捗スナップショット 残件 残件数 残件状況 仕掛 仕掛状況 progress backlog snapshot progress_log progress_status queue_status wip',
  daily_assignments:
    '配置 日次配置 日別配置 配置計画 シフト 割当 日次割当 要員配置 人員配置 assignment daily_assign shift shift_assignment roster daily_plan staffing allocation',
  assignment_adjustments:
    '配置変更 配置調整 変更履歴 調整 応援 adjustment assignment_change reassign transfer assignment_history',
  productivity_records:
    '生産性 生産性実績 作業実績 実績 処理実績 productivity performance work_result output_record performance_record',
  attendance_records:
    '勤怠 勤怠実績 出勤 出勤状況 勤怠記録 attendance timecard time_record work_attendance absence',
  workload_forecasts:
    '予測 入荷予測 業務量予測 物量予測 受付予測 forecast workload volume_forecast demand_forecast prediction',
  rag_context: 'ノウハウ 知識 ナレッジ コンテキスト knowledge knowhow know_how context',
  system_logs: 'システムログ ログ 稼働ログ log application_log app_log event_log server_log',
  approval_history: '承認履歴 承認 承認記録 決裁履歴 approval approval_log decision_history approved_history',
};

/** Per canonical column; a name of a table's own column wins over the common one. */
export const COLUMN_NAMES: Readonly<Record<string, string>> = {
  location_id:
    '拠点ID 拠点コード 拠点CD 拠点番号 事業所コード 事業所ID site_id site_code center_id branch_id base_code location_code location_cd',
  location_name:
    '拠点名 拠点 拠点名称 事業所名 事業所 センター名 勤務地 site site_name center_name center branch_name branch base_name location',
  region: '地域 エリア 地方 area district zone',
  business_id:
    '業務ID 業務コード 業務CD 業務番号 案件コード 案件ID 業務 business_code business_cd project_id job_id job_code work_type_id business',
  business_name: '業務名 業務名称 案件名 project_name job_name work_type_name business_title',
  process_id: '工程ID 工程コード 工程CD 工程番号 process_code process_cd step_id step_code',
  process_name: '工程名 工程 工程名称 作業名 作業工程 process step step_name work_process operation_name',
  sequence: '順序 順番 並び順 工程順 表示順 seq seq_no sort_order display_order order_no step_no',
  operator_id:
    '従業員ID 従業員番号 従業員コード 社員番号 社員ID 社員コード オペレーターID 作業者ID 作業者コード スタッフID 担当者ID 担当者コード employee_id employee_no employee_code emp_id emp_no emp_cd staff_id staff_no worker_id member_id user_id operator_code operator_no',
  operator_name:
    '従業員名 氏名 社員名 名前 従業員氏名 オペレーター名 作業者名 スタッフ名 担当者名 employee_name emp_name staff_name worker_name full_name name user_name',
  is_valid:
    '有効 有効フラグ 在籍 在籍フラグ 在籍区分 valid valid_flag valid_flg active is_active active_flag enabled status_flag',
  shift_start:
    '始業 始業時刻 出勤時刻 勤務開始 勤務開始時刻 シフト開始 開始時刻 shift_from work_start start_time shift_start_time',
  shift_end:
    '終業 終業時刻 退勤時刻 勤務終了 勤務終了時刻 シフト終了 終了時刻 shift_to work_end end_time shift_end_time',
  capability_id: '能力ID スキルID 技能ID 工程能力ID skill_id capability_code id',
  skill_level: 'スキル スキルレベル 技能レベル 習熟度 レベル 熟練度 skill level proficiency',
  experience_months: '経験月数 経験 経験 months_experience exp_months experience',
  average_speed:
    '平均速度 平均処理速度 処理速度 時間当たり処理数 時間あたり件数 avg_speed speed items_per_hour rate_per_hour',
  snapshot_id: '進捗ID 残件ID スナップショットID progress_id backlog_id id seq_id',
  snapshot_time:
    '取得日時 取得時刻 集計日時 計測日時 記録日時 時点 基準日時 スナップショット日時 snapshot_at captured_at recorded_at measured_at as_of taken_at timestamp',
  expected_completion_time:
    '納期 納期日時 期限 締切 締切日時 完了予定 完了予定日時 完了予定時刻 due due_at due_time due_date deadline deadline_at expected_completion',
  total_waiting:
    '残件 残件数 残数 未処理件数 待ち件数 仕掛数 仕掛件数 総残件数 waiting backlog backlog_count waiting_count remaining remaining_count wip_count pending_count',
  entry_count:
    'エントリ件数 入力件数 エントリ数 処理件数 処理済件数 完了件数 entry entries entry_cnt done_count processed_count',
  correction_waiting:
    '補正残件 補正待ち 補正待ち件数 補正残件数 補正残 correction_backlog correction_pending fix_waiting',
  assignment_id: '配置ID 割当ID シフトID assign_id shift_id roster_id id',
  assignment_date:
    '配置日 割当日 勤務日 作業日 対象日 日付 assign_date work_date shift_date target_date date',
  start_time: '開始時刻 開始 開始時間 from_time start begin_time time_from',
  end_time: '終了時刻 終了 終了時間 to_time end finish_time time_to',
  adjustment_id: '調整ID 変更ID 配置変更ID change_id adjust_id id',
  original_assignment_id:
    '元配置ID 元割当ID 配置ID 変更前配置ID assignment_id base_assignment_id source_assignment_id',
  adjustment_type: '調整種別 変更種別 変更区分 種別 調整区分 change_type adjust_type type kind',
  adjustment_date: '調整日 変更日 変更日付 日付 change_date adjust_date date',
  ai_confidence_score: '信頼度 AI信頼度 AI確信度 確信度 confidence ai_confidence ai_score confidence_score',
  record_id: '実績ID 記録ID 生産性ID performance_id productivity_id result_id id',
  record_date: '実績日 作業日 記録日 対象日 日付 work_date result_date date',
  items_done:
    '処理件数 処理数 完了件数 実績件数 作業件数 items done_count processed processed_count output quantity qty count',
  hours_worked: '作業時間 稼働時間 実働時間 労働時間 work_hours hours worked_hours man_hours',
  productivity_score: '生産性 生産性スコア 生産性指数 productivity score performance_score',
  attendance_id: '勤怠ID 出勤ID timecard_id id',
  attendance_date: '勤怠日 出勤日 勤務日 対象日 日付 work_date date',
  attendance_status:
    '勤怠区分 出勤区分 勤怠状況 出勤状況 出欠 勤怠 status attendance attendance_type attendance_kind',
  forecast_id: '予測ID prediction_id id',
  forecast_date: '予測日 対象日 日付 target_date date',
  hour: '時 時間帯 時間 時刻 hour_of_day hh time_slot',
  expected_items:
    '予測件数 予測数 見込件数 予想件数 forecast_items forecast_count expected_count volume expected_volume',
  context_id: '知識ID ナレッジID ノウハウID コンテキストID knowledge_id id',
  context_type: '種別 区分 分類 カテゴリ type category kind',
  context_key: 'キー 見出し 題名 タイトル 件名 key title subject',
  context_value: '内容 本文 値 説明 value content body text description',
  relevance_score: '関連度 重要度 スコア relevance score weight',
  use_count: '使用回数 利用回数 参照回数 usage_count used_count hits',
  log_id: 'ログID id event_id',
  logged_at:
    '記録日時 発生日時 出力日時 ログ日時 日時 log_time logged_time occurred_at event_time timestamp time created_at',
  service: 'サービス サービス名 システム名 システム service_name component app application logger',
  level: 'レベル ログレベル 重要度 severity log_level priority',
  message: 'メッセージ 本文 内容 msg text body log_message',
  trace_id: 'トレースID 追跡ID trace correlation_id request_id',
  host: 'ホスト ホスト名 サーバー サーバー名 hostname server node machine',
  attributes: '属性 付加情報 追加情報 詳細 attrs metadata meta extra details payload',
  approval_history_id: '承認ID 承認履歴ID 履歴ID approval_id history_id id',
  suggestion_id: '提案ID 提案番号 proposal_id suggestion_no plan_id',
  changes: '変更内容 配置変更 変更 change change_list moves',
  impact: '影響 効果 影響度 影響内容 effect effects impacts',
  action_type: '操作 操作種別 判断 決定 承認区分 処理区分 action decision decision_type action_kind',
  action_user: '操作者 承認者 実行者 決裁者 担当者 approver approved_by user actor decided_by action_by',
  feedback_reason: '理由 却下理由 コメント 備考 reason comment feedback remark note',
  execution_status: '実行状況 実行状態 状態 ステータス status exec_status state',
  created_at:
    '作成日時 登録日時 承認日時 記録日時 created create_time created_time registered_at insert_at decided_at',
};

const PREFIX = /^(?:t|m|tbl|mst|trn|tr|tb|wk|v|vw|master|dbo)_/;
const SUFFIX = /_(?:tbl|table|master|mst|trn|data|info|list|records?|history)$/;
const JA_SUFFIX = /(?:マスタ|マスター|テーブル|一覧|データ|情報|表)$/;

/** NFKC, snake case, singular words: `tblEmployeeSkills` and `employee_skill` are one name. */
export function foldName(text: string): string {
  return text
    .normalize('NFKC')
    .trim()
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1_$2')
    .replace(/(\p{Lu}+)(\p{Lu}\p{Ll})/gu, '$1_$2')
    .toLowerCase()
    .replace(/[\s\-.・/()（）]+/gu, '_')
    .replace(/_+/g, '_')
    .replace(/^_|_$/g, '')
    .split('_')
    .map((word) => ABBREVIATIONS[word] ?? singular(word))
    .join('_');
}
const ABBREVIATIONS: Readonly<Record<string, string>> = {
  flg: 'flag',
  cd: 'code',
  nm: 'name',
  cnt: 'count',
  qty: 'quantity',
  emp: 'employee',
  loc: 'location',
  proc: 'process',
  biz: 'business',
  num: 'no',
  ts: 'timestamp',
};
const singular = (word: string): string =>
  !/^[a-z]{4,}$/.test(word) || /(ss|us|is)$/.test(word)
    ? word
    : word
        .replace(/ies$/, 'y')
        .replace(/(sse|xe|che|she)s$/, (m) => m.slice(0, -2))
        .replace(/s$/, '');
/** Without what says only that it is a table. */
export const bareName = (folded: string): string => {
  const bare = folded.replace(PREFIX, '').replace(SUFFIX, '').replace(JA_SUFFIX, '').replace(/_$/, '');
  return bare === '' ? folded : bare;
};

const fold = (names: string): Set<string> => new Set(names.split(' ').map(foldName));
const tableSets = new Map(Object.entries(TABLE_NAMES).map(([table, names]) => [table, fold(names)]));
const columnSets = new Map(Object.entries(COLUMN_NAMES).map(([column, names]) => [column, fold(names)]));

/** How surely `theirs` (a name or a comment) means our `name`: 1 the same, 0.95 a variant of spelling, 0.9 a known other name, less by shared words. */
export function nameScore(theirs: string, name: string, kind: 'table' | 'column'): number {
  if (theirs === '') return 0;
  if (theirs === name) return 1;
  const folded = foldName(theirs);
  const own = foldName(name);
  const bare = kind === 'table' ? bareName(folded) : folded;
  if (folded === own || bare === own || bare === bareName(own)) return 0.95;
  const set = (kind === 'table' ? tableSets : columnSets).get(name) ?? new Set<string>();
  const packed = (s: string): string => s.replaceAll('_', '');
  if (set.has(folded) || set.has(bare)) return 0.9;
  if ([...set, own].some((s) => packed(s) === packed(bare))) return 0.88;
  return Math.max(sharedWords(bare, own), ...[...set].map((s) => sharedWords(bare, s))) * 0.7;
}

/** Jaccard of the words; for Japanese, of the characters' pairs. */
function sharedWords(a: string, b: string): number {
  const grams = (s: string): Set<string> =>
    /^[\x20-\x7e]*$/.test(s)
      ? new Set(s.split('_').filter((w) => w.length > 1))
      : new Set([...s].slice(1).map((c, i) => `${[...s][i]}${c}`));
  const [x, y] = [grams(a), grams(b)];
  const both = [...x].filter((w) => y.has(w)).length;
  return both === 0 ? 0 : both / (x.size + y.size - both);
}

export const canonicalColumns = (
  table: string,
): Readonly<Record<string, { readonly type: string; readonly optional?: true }>> =>
  table === APPROVAL_TABLE ? APPROVAL_COLUMNS : COMPANY[table as CompanyTableName].columns;
