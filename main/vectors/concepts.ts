/**
 * What the words of the work mean, across languages: one concept a line, `name: Japanese words | English words`.
 * Japanese words are found anywhere in the folded text (longest first); English ones as whole words after stemming,
 * an underscore joining a phrase. A word may belong to one concept only.
 */
export const CONCEPTS = `
delay: 遅延 遅れ 遅く おくれ 遅い 遅滞 おし気味 押している 押して 後ろ倒し 滞り 滞って | delay late behind lag overdue tardy slip behind_schedule lateness
deadline: 納期 締切 締め切り しめきり 期限 〆切 締め デッドライン 完了予定 リミット | deadline due due_date cutoff cut_off time_limit due_time
meet: 間に合う 間に合わせ 間に合い 間に合わな まにあ 守れ 守る 達成 | meet make_it on_time in_time achieve hit
miss: 遅刻納品 未達 落とす 落ちそう 破る | miss missed breach overrun
backlog: 残件 残り 残数 残量 残って 未処理 滞留 たまって 溜まって 溜ま 積み残し 待ち件数 在庫件数 残作業 仕掛 | backlog remaining outstanding pending leftover left unprocessed queue waiting pile
volume: 件数 物量 処理量 ボリューム 受付件数 入荷 入電数 数量 | volume quantity workload items amount intake
arrive: 到着 届く 届いた 着荷 入ってくる 流入 | arrive arrival inflow incoming
throughput: 処理速度 スループット 処理能力 処理ペース ペース 時間あたり 時間当たり | throughput pace rate processing_speed per_hour capacity
slow: 低速 もたつ 重い 遅くなる 鈍い 鈍化 重くなる のろい | slow sluggish slowdown slowness slower
fast: 速い 早い 高速 迅速 素早 | fast quick rapid speed_up faster
productivity: 生産性 効率 能率 一人あたり 一人当たり 人時生産性 | productivity efficiency efficient productive output_per_person per_person
attendance: 出勤 勤怠 出社 出席 | attendance attend present clock_in
absence: 欠勤 休み 欠席 休暇 有給 病欠 当欠 休んで 休む | absence absent absentee leave sick vacation day_off no_show
late_arrival: 遅刻 | tardiness late_arrival came_in_late
early_leave: 早退 | left_early early_leave
overtime: 残業 時間外 超勤 | overtime extra_hours
shift: シフト 勤務帯 交代 早番 遅番 夜勤 日勤 | shift rota roster night_shift day_shift
break: 休憩 | break lunch rest
staff: 人員 要員 人手 スタッフ 作業者 オペレータ 担当者 従業員 メンバ 社員 | staff operator worker personnel people headcount employee member crew
shortage: 不足 足りない 足りな 欠員 手薄 人不足 たりない | shortage short understaffed shorthanded lack insufficient not_enough lacking
surplus: 余剰 余裕 余って 手が空 手すき 手空き 過剰 暇 ひま | surplus spare idle slack overstaffed excess free
assignment: 配置 アサイン 割り当て 割当 割り振り 割振 人員計画 体制 人繰り 編成 | assign assignment allocate allocation staffing placement deploy deployment
move: 移動 異動 回す 回し 回せ 移す 移し シフトさせ 動かす 動かし 振り向け 入れ替え | move transfer relocate shift_people reassign rotate swap
support: 応援 ヘルプ 支援 助け 手伝 援軍 助っ人 | support help assist reinforcement backup_staff
borrow: 借り 借りる 貸し 貸す | borrow lend loan
optimize: 最適化 最適 改善案 最善 ベストな | optimize optimise optimal best optimum optimization
improve: 改善 向上 良くする よくする 直す 立て直 巻き返 挽回 取り戻 解消 | improve improvement recover catch_up turn_around remedy_delay
plan: 計画 予定 プラン 段取り 組んで 組み立て 立案 策定 | plan schedule planning arrange arrangement draft
tomorrow: 明日 翌日 あした あす 明朝 明後日 | tomorrow next_day following_day
today: 今日 本日 きょう 当日 | today tonight
yesterday: 昨日 前日 きのう | yesterday previous_day
week: 今週 来週 先週 週間 一週間 翌週 週次 | week weekly
month: 今月 先月 来月 月間 月次 一か月 | month monthly
now: 現在 いま 今の 現時点 目下 ただいま 只今 | now current currently right_now at_the_moment presently
hour: 時間帯 時台 | hour hourly
morning: 朝 午前 | morning am
afternoon: 午後 昼 | afternoon pm noon
night: 夜間 夜 深夜 | night overnight midnight
forecast: 予測 見込み 見通し 予想 | forecast predict prediction projection outlook expected
risk: リスク 危険 危ない あぶない 恐れ おそれ 懸念 危うい やばい ヤバい | risk danger dangerous at_risk concern jeopardy risky
probability: 確率 可能性 確度 見込み度 | probability chance likelihood likely odds
alert: アラート 警報 警告 通知 アラーム 警戒 | alert alarm warning notification warn
open_state: 未対応 未解決 発生中 対応中 未処置 放置 | open unresolved unacknowledged active_alert ongoing
resolve: 解決 対処 対応 処置 片付け 収束 クローズ 潰 消し込み 処理して | resolve handle address fix deal_with clear close take_care sort_out
remedy: 対策 対処法 処方 手当て 打ち手 手立て 回避策 改善策 | remedy countermeasure workaround solution mitigation measure
propose: 提案 おすすめ お勧め 案を 推奨 アドバイス | propose proposal suggest suggestion recommend recommendation advise
approve: 承認 許可 決裁 OKする | approve approval accept sign_off
reject: 却下 否認 差し戻し 拒否 | reject rejection refuse decline denied deny
simulate: シミュレーション シミュレート 試算 仮に 想定 もしも もし たら場合 | simulate simulation what_if suppose hypothetical assume
impact: 影響 インパクト 効果 波及 響く 響き | impact effect affect influence consequence
increase: 増える 増え 増やす 増やし 増加 増員 増やせ 追加 プラス 増 倍 | increase add more rise grow double extra raise surge
decrease: 減る 減って 減らす 減らし 減少 減員 減ら 抜け 抜く 抜い 引き抜 マイナス 減 外す 外し 外れ | decrease reduce fewer drop lose less remove decline_count cut pull
compare: 比較 比べ 対比 差 前年比 前週比 違い | compare comparison versus vs difference against
trend: 推移 傾向 トレンド 動向 変化 変動 | trend history over_time evolution movement trajectory
ranking: 順位 ランキング 上位 下位 トップ ワースト 順に | rank ranking top worst best_performer bottom
average: 平均 アベレージ | average mean
total: 合計 総数 累計 全体 全部で 全体で | total sum overall altogether
count: 何件 何人 何名 いくつ どのくらい どれくらい どれだけ いくら | how_many how_much number_of count
list: 一覧 リスト 全件 列挙 | list show_all listing
show: 見せて 表示 出して 教えて おしえて 見たい 知りたい ください 見せ | show display tell give_me let_me_see
which: どの どれ どこ どちら どこの | which where
who: 誰 だれ どなた | who whom
why: なぜ 何故 なんで どうして 理由 要因 | why reason how_come
cause: 原因 起因 根本原因 原因究明 元凶 | cause root_cause reason_for due_to caused
situation: 状況 状態 様子 具合 現況 ステータス 進捗 進み 進行 進んで | status situation state progress condition standing
site: 拠点 センタ 事業所 現場 サイト | site location center centre branch facility
process: 工程 プロセス 作業 ライン | process step workflow stage station operation
business: 業務 案件 ビジネス 商材 | business account client_job contract
entry: エントリ 入力 打鍵 パンチ データ入力 | entry data_entry keying input typing
correction: 補正 訂正 修正 直し | correction correct correcting revise amendment
supervisor: SV スーパバイザ 管理者 リーダ 責任者 監督 | supervisor sv manager leader team_lead
visual_check: 目検 目視 目視検査 目視確認 検品 | visual inspection visual_check eyeball eye_check
inspection: 検査 点検 確認作業 チェック 検証 | inspect check verify verification examine
quality: 品質 精度 正確 | quality accuracy precise
mistake: ミス 誤り 間違い 誤入力 誤字 不備 | mistake typo wrong incorrect mis_entry
skill: スキル 技能 習熟 熟練 経験 ベテラン 力量 | skill experience expert veteran experienced proficiency
training: 研修 教育 訓練 新人 育成 OJT | training train newcomer trainee onboarding
qualified: できる人 資格 対応可能 | qualified capable eligible certified
available: 空き 空いて 稼働可能 使える | available availability
transfer_time: 移動時間 所要 | travel_time transfer_time
customer: 顧客 お客様 客先 取引先 クライアント | customer client
document: 書類 帳票 伝票 申込書 用紙 書面 資料 | document form paper slip sheet file_doc
image: 画像 イメージ 写真 スキャン | image picture scan photo scanned
ocr: OCR 文字認識 読取 読み取り | ocr recognition character_recognition
batch: バッチ 一括 ジョブ 夜間処理 | batch job cron scheduled_job
log: ログ 記録 ログ出力 | log logging record
error: エラー 異常終了 例外 不具合 バグ 不正 | error exception fault bug invalid traceback
failure: 障害 故障 失敗 ダウン 落ちた 落ちて 停止 止まった 止まって 止まる 止まり トラブル 動かない 使えない 停電 | failure outage fail down incident crash stopped trouble broken breakdown dead
anomaly: 異常 おかしい 変な 普段と違う いつもと違う 不審 | anomaly abnormal unusual strange weird odd suspicious
system: システム サーバ サービス アプリ アプリケーション 基幹 | system server service application app backend
network: ネットワーク 回線 通信 LAN VPN ルータ スイッチ | network connectivity line communication lan vpn router
connection: 接続 つながら 繋がら 切断 コネクション つながり 疎通 | connection connect disconnect disconnected connected link reconnect
refused: 接続拒否 拒絶 | refused connection_refused
timeout: タイムアウト 時間切れ 応答なし 応答がない 無応答 反応しない 反応がない | timeout timed_out time_out unresponsive no_response not_responding hang
latency: レイテンシ 応答時間 応答遅 レスポンス 遅延時間 | latency response_time response responsiveness
auth: 認証 ログイン サインイン ログオン 認証失敗 ログインでき | authentication auth login log_in sign_in logon authenticate unauthorized credential
password: パスワード 暗証 合言葉 | password passphrase passcode
account: アカウント ユーザ 利用者 ロックアウト アカウントロック | user lockout locked_out user_account
permission: 権限 アクセス権 アクセス拒否 権限不足 | permission access_denied forbidden privilege access_right
certificate: 証明書 SSL TLS 有効期限 | certificate ssl tls cert expired expiry
session: セッション | session
token: トークン | token
database: データベース DB デッドロック MySQL SQL 索引 | database db mysql sql deadlock index table
lock: ロック 排他 ロック待ち | lock locked lock_wait contention
disk: ディスク 容量 ストレージ 空き容量 保存領域 満杯 | disk storage space full disk_full volume_full
memory: メモリ ヒープ メモリ不足 OOM | memory heap oom out_of_memory ram
cpu: CPU 負荷 高負荷 過負荷 | cpu load overload high_load
gc: ガベージ | garbage gc
thread: スレッド プール 枯渇 | thread pool exhausted exhaustion
queue_system: キュー メッセージキュー 待ち行列 詰まり 詰まって | message_queue mq stuck clogged jammed
file: ファイル フォルダ 添付 | file folder directory attachment
transfer: 転送 送信 受信 連携 取込 取り込み インポート エクスポート | upload send receive import export ingest
print: 印刷 プリンタ 紙詰まり 用紙切れ トナー | print printer paper_jam toner
scanner: スキャナ 読取機 | scanner
pc: パソコン PC 端末 デスクトップ 画面 モニタ | computer pc terminal desktop screen monitor
keyboard: キーボード マウス | keyboard mouse
restart: 再起動 リブート 立ち上げ直 起動し直 | restart reboot relaunch bounce
start: 起動 開始 始業 スタート 立ち上げ | start launch begin startup boot
stop: 中止 中断 打ち切り やめる 取りやめ | stop halt abort suspend interrupt
finish: 完了 終了 終わ 終業 仕上 | finish complete completion done end
retry: 再試行 リトライ やり直し | retry try_again rerun attempt
rollback: 切り戻し ロールバック 巻き戻し 元に戻す 戻す | rollback revert roll_back restore_previous
restore: 復旧 復元 回復 復帰 | restore recovery recovered restored repair
backup: バックアップ 控え 退避 | backup archive
update: 更新 アップデート パッチ 適用 | update patch upgrade
release: リリース デプロイ 本番反映 | release rollout deploy_release
config: 設定 コンフィグ 構成 パラメータ | setting configuration config parameter option
version: バージョン 版 | version
install: インストール 導入 | install installation setup
maintenance: メンテナンス 保守 定期点検 | maintenance servicing
monitor: 監視 見張り モニタリング | monitoring watch surveillance
notify: 連絡 知らせ 報告 伝え エスカレ 一報 | notify inform report contact escalate call
procedure: 手順 手順書 やり方 方法 マニュアル 流れ ルール | procedure manual how_to guide instruction rule runbook
contact: 連絡先 電話 内線 窓口 | phone telephone extension hotline
mail: メール | mail email
meeting: 会議 打ち合わせ ミーティング | meeting
morning_meeting: 朝礼 朝会 | stand_up briefing
handover: 引き継ぎ 引継 申し送り | handover hand_over takeover
priority: 優先 最優先 優先度 優先順位 急ぎ 至急 緊急 | priority urgent urgently prioritize emergency asap
important: 重要 大事 重大 深刻 クリティカル | important critical serious severe
normal: 正常 通常 平常 普段 問題ない 大丈夫 順調 | normal ok fine usual healthy okay alright
problem: 問題 課題 困って 困った 困り | problem issue trouble_spot struggling
bottleneck: ボトルネック ネック 詰まる | bottleneck constraint choke
target: 目標 ノルマ 計画値 目標値 | target goal quota
actual: 実績 実数 実際 | actual result achieved
standard: 基準 標準 しきい値 閾値 | standard threshold baseline criterion
cost: コスト 費用 単価 経費 | cost expense price
schedule_time: 時刻 何時 いつ | when what_time time
day_of_week: 曜日 月曜 火曜 水曜 木曜 金曜 土曜 日曜 | monday tuesday wednesday thursday friday saturday sunday
holiday: 祝日 連休 年末年始 お盆 休日 | holiday weekend public_holiday
peak: ピーク 繁忙 繁忙期 混雑 集中 忙しい | peak busy rush congestion crowded
quiet: 閑散 閑散期 空いてる 落ち着い | quiet slow_period calm
weather: 天気 天候 気温 晴れ | weather temperature forecast_weather sunny rainy
snow: 大雪 雪 降雪 吹雪 | snow snowfall blizzard
typhoon: 台風 暴風 大雨 豪雨 | typhoon storm hurricane heavy_rain
earthquake: 地震 津波 震度 | earthquake quake tsunami
train: 電車 運休 交通 バス 通勤 | train_line railway commute transport bus traffic
power: 電源 電力 ブレーカ UPS | power electricity breaker ups
aircon: 空調 エアコン 冷房 暖房 | air_conditioning heating cooling aircon
fire: 火災 避難 消火 | fire evacuation evacuate
health: 体調 発熱 インフルエンザ コロナ 感染 風邪 | illness fever flu influenza covid infection
injury: 怪我 けが 労災 | injury accident hurt
security: セキュリティ 情報漏洩 漏えい 不正アクセス ウイルス マルウェア | security leak breach_security virus malware intrusion
privacy: 個人情報 プライバシ マイナンバ | privacy personal_information personal_data
audit: 監査 証跡 | audit trail
compliance: 法令 コンプライアンス 労基 | compliance law regulation legal
wage: 給与 給料 時給 賃金 | wage salary pay
hire: 採用 募集 派遣 アルバイト パート | hire recruit temp part_time dispatch
evaluation: 評価 査定 面談 | evaluation appraisal review
double_entry: 二重入力 ベリファイ 二人入力 | double_entry verify_entry dual_entry
master: マスタ マスター登録 | master_data master
code: コード 番号 ID | code identifier id
address: 住所 郵便番号 番地 | address postcode zip
name: 氏名 名前 姓名 フリガナ | name
date_field: 日付 生年月日 年月日 | date birthday
amount_field: 金額 数字 数値 | amount_money figure numeric
kanji: 漢字 文字 旧字 外字 文字化け | character kanji garbled mojibake
handwriting: 手書き 筆跡 | handwriting handwritten
blank: 空欄 空白 未記入 記入漏れ 欠損 | blank empty missing_value null
duplicate: 重複 二重 ダブり 重複登録 | duplicate duplicated twice
delete: 削除 消去 消した 消えた | delete erase removed
search: 検索 探す 調べ 調査 探し | search find look_up investigate look_into lookup
open_file: 開く 開けない 開かない | open_file cannot_open
save: 保存 セーブ | save
copy: コピー 複製 | copy
download: ダウンロード | download
browser: ブラウザ Chrome Edge | browser chrome edge
url: URL アドレス リンク | url hyperlink
api: API 外部連携 インタフェース | api interface endpoint
http: HTTP 500エラー 503 502 404 | http 500 503 502 404
dns: DNS 名前解決 | dns name_resolution resolve_name
proxy: プロキシ | proxy
firewall: ファイアウォール 遮断 | firewall blocked
cache: キャッシュ | cache
sync: 同期 | sync synchronize synchronization replication
cluster: クラスタ 冗長 フェイルオーバ 切替 切り替え | cluster failover redundancy switchover
container: コンテナ Docker Kubernetes | container docker kubernetes pod
cloud: クラウド AWS Azure | cloud aws azure
license: ライセンス | license licence
vendor: ベンダ 業者 保守会社 メーカ | vendor supplier manufacturer
helpdesk: ヘルプデスク サポート窓口 情シス 情報システム部 IT部門 | helpdesk it_department service_desk
frequency: 頻度 頻発 多発 増加傾向 繰り返し 何度も | frequent frequency repeated recurring often
first_time: 初めて 新しい 新規 初回 | new first_time novel unseen
past: 過去 以前 前回 履歴 昔 | past previous previously before earlier former
same: 同じ 同様 類似 似た 似て | same similar alike like
example: 例 事例 ケース | example case instance
check_first: まず 最初に 先に 一次対応 | first initially first_response
person_in_charge: 担当 当番 受け持ち | in_charge responsible owner on_duty
split: 分割 分けて 分担 振り分け | split divide share distribute
merge: 統合 まとめ 合わせて | merge combine consolidate
skip: 飛ばす スキップ 省略 後回し | skip postpone omit defer
sort: 並べ替え 順番 ソート 仕分け | sort order sorting
double_check: ダブルチェック 再確認 二重確認 | double_check recheck confirm_again
sample: 抜き取り サンプル | sample sampling
return: 返却 返送 返品 | return send_back
mailbox: 郵送 郵便 発送 配送 宅配 | post postal shipment shipping delivery courier
warehouse: 倉庫 保管 在庫 | warehouse store stock inventory
truck: トラック 便 車両 | truck vehicle lorry
key_room: 入退室 入館 鍵 カードキー | entry_card door key_card access_card
camera: カメラ | camera
headset: ヘッドセット 電話機 | headset handset
call_center: コールセンタ 受電 架電 | call_center inbound_call outbound_call
claim: クレーム 苦情 | complaint claim
refund: 返金 払い戻し | refund
invoice: 請求書 請求 領収 | invoice bill billing receipt
application_form: 申込 申請 届出 | application apply registration
insurance: 保険 | insurance policyholder
bank: 銀行 口座 振込 | bank bank_account remittance
tax: 税 年末調整 確定申告 | tax
medical: 医療 レセプト 診療 | medical receipt_medical clinic
survey: アンケート 調査票 | survey questionnaire
catalog: カタログ 商品 | catalog product
school: 学校 試験 答案 採点 | school exam scoring test_paper
joke: 冗談 ジョーク 笑 面白い話 | joke funny
food: ランチ 食事 レシピ 料理 弁当 ラーメン 昼飯 夕飯 昼ご飯 ご飯 | recipe dinner restaurant ramen food cook
sports: 野球 サッカー 試合 スポーツ | baseball soccer football match_sport sports
news: ニュース 政治 選挙 首相 株価 為替 | news politics election stock exchange_rate
travel: 旅行 観光 ホテル 飛行機 新幹線 | trip travel sightseeing hotel flight
music: 音楽 映画 アニメ ゲーム 歌 | music movie film anime game song
poem: 詩 俳句 小説 物語 | poem haiku novel story essay
translate: 翻訳 英訳 和訳 | translate translation
program: プログラム プログラミング Python JavaScript コーディング | program code_snippet python javascript programming
hello: こんにちは おはよう こんばんは はじめまして お疲れ様 お疲れさま おつかれ | hello hi hey good_morning good_evening
thanks: ありがとう 感謝 助かった 助かりました サンキュ | thanks thank thank_you cheers
bye: さようなら またね バイバイ おやすみ | bye goodbye good_night see_you
self: あなた 君は お前 AI 人工知能 ボット | you_are bot yourself chatgpt
love: 恋愛 好き 彼女 彼氏 結婚 | love girlfriend boyfriend marry
allowance: 手当 福利厚生 | allowance benefit
seat: 席 座席 レイアウト | seat desk layout
visitor: 来客 来訪 見学 | visitor guest
water: 漏水 水漏れ 浸水 | water flood flooding
noise: 騒音 異音 うるさい | noise noisy
battery: 電池 バッテリ 充電 | battery charge
diet: ダイエット 痩せ 筋トレ 占い | diet workout fortune horoscope
`;
