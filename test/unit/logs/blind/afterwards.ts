import { at, milli, type Story } from './draw-story.ts';

/** Japanese systems written after the rules for Japanese stood, and measured before anything else was changed. */
export const AFTERWARDS: readonly Story[] = [
  {
    name: 'picking terminals and sorter in japanese',
    header: (d, level, n, of) =>
      `2026/11/21 ${at(n)}.${milli(d)} ${level === 'INFO' ? 'INFO ' : level === 'WARN' ? 'WARN ' : 'ERROR'} [thread-${d.int(1, 9)}] ${of(['jp.co.example.wms.PickService', 'jp.co.example.wms.SorterIf', 'jp.co.example.wms.Auth', 'jp.co.example.wms.Label'])} `,
    values: {
      who: '松本|パート03|井上 恵|管理者|清水',
      area: '冷蔵エリア|常温1F|常温2F|仕分け場|返品置場',
      goods: '牛乳1L|たまご10個入|食パン6枚切|ペットボトル水 500ml|洗剤詰替用',
      chute: (d) => `シュート${d.int(1, 32)}`,
      ship: (d) => `SH${d.int(100_000, 999_999)}`,
      box: (d) => `BOX-${d.int(1000, 9999)}`,
      shop: '駅前店|新宿東口店|イオン札幌|本社売店|郊外3号店',
      bad: '読取不良|重量超過|バーコードなし|サイズ不正',
    },
    events: `
220 ピッキング開始 出荷番号:{ship} 担当:{who} 明細数:{n}
200 ピッキング完了 出荷番号:{ship} 担当:{who} 所要時間:{n}秒
160 {area}の棚{n}-{d}から「{goods}」を{d}個ピックしました
60W {area}で「{goods}」の欠品が発生しました（不足{d}個）
120 箱{box}を{chute}へ仕分けました
40W 箱{box}の仕分けに失敗しました 理由={bad}
30E {chute}が満杯です。箱{box}をリジェクトしました
60 {shop}向けの出荷を締め切りました（{n}箱）
40 {shop}向けのトラックが到着しました 車番{n}
36 {shop}向けのトラックが出発しました 車番{n}
60 端末HT-{n} {who}さんがログインしました
50 端末HT-{n} {who}さんがログアウトしました
14W 端末HT-{n} のバッテリー残量が{n}%です
12W 端末HT-{n} との通信が途切れました
12 端末HT-{n} との通信が回復しました
60 ラベルを印刷しました プリンタ:{LBL-1F|LBL-2F|検品台} 枚数:{n}
14E ラベルの印刷に失敗しました プリンタ:{LBL-1F|LBL-2F|検品台} 原因:用紙切れ
8E ラベルの印刷に失敗しました プリンタ:{LBL-1F|LBL-2F|検品台} 原因:カバーオープン
30 ソーター速度を{dec}m/sに変更しました
10W ソーターを一時停止しました（{非常停止ボタン|詰まり検知|点検}）
10 ソーターを再開しました
20 補充指示を作成しました {area} 「{goods}」 {n}ケース
16 補充が完了しました {area} 「{goods}」 {n}ケース
10 検品差異 出荷番号:{ship} 予定{n} 実績{n}
6 {who} が出荷番号 {ship} を取り消しました
6 {who} が出荷番号 {ship} を差し戻しました
4 マスタ受信 店舗{n}件 商品{n}件
3 日付を更新しました {date}
2 サービスが起動しました ポート={port}
1E メモリが不足しています 空き{n}MB
`,
  },
  {
    name: 'online banking front in japanese',
    header: (d, level, n, of) =>
      `2026-11-21 ${at(n)},${milli(d)} [${d.hex(8)}] ${of(['[業務]', '[認証]', '[勘定]', '[共通]'])} ${level} - `,
    values: {
      cif: (d) => `顧客番号=${d.int(1_000_000, 9_999_999)}`,
      branch: '本店営業部|渋谷支店|大阪中央支店|インターネット支店',
      bank: 'みずほ銀行|三井住友銀行|ゆうちょ銀行|楽天銀行',
      scr: '残高照会|振込入力|振込確認|定期預金作成|住所変更',
      meth: 'ワンタイムパスワード|SMS認証|生体認証|合言葉',
      err: '残高不足|限度額超過|口座解約済|受取人名相違|取扱時間外',
      sys: '勘定系|全銀ゲートウェイ|認証基盤|メール配信',
    },
    events: `
240 画面表示 {cif} 画面={scr} 応答時間={n}ms
160 ログイン成功 {cif} 認証方式={meth} 接続元={ip}
60W ログイン失敗 {cif} 認証方式={meth} 接続元={ip} 失敗回数={d}
20W アカウントをロックしました {cif} 失敗回数={d}
14 アカウントのロックを解除しました {cif} 受付店={branch}
140 ログアウト {cif}
40 セッションがタイムアウトしました {cif} 無操作{n}分
110 振込を受け付けました {cif} 受付番号{n} 金額{n}円 振込先 {bank}
90 振込が完了しました 受付番号{n}
30E 振込がエラーになりました 受付番号{n} エラー内容「{err}」
20 振込を予約しました {cif} 受付番号{n} 指定日{date}
12 振込予約を取り消しました {cif} 受付番号{n}
60 {sys}へ電文を送信しました 電文番号{n}
60 {sys}から応答を受信しました 電文番号{n} 結果コード{n}
20W {sys}の応答が遅延しています 経過{n}ms
14E {sys}との接続に失敗しました リトライ{d}回目
14 {sys}との接続を確立しました
30 メールを送信しました 宛先={cif} 件名「{振込完了のお知らせ|ログイン通知|重要なお知らせ}」
20 定期預金を作成しました {cif} 期間{n}ヶ月 金額{n}円
14 住所変更を受け付けました {cif} 受付店={branch}
10 限度額を変更しました {cif} {n}円→{n}円
8W 不正利用の疑いを検知しました {cif} スコア={dec} 判定ルール={高額|海外IP|深夜連続}
6 為替レートを更新しました {USD/JPY|EUR/JPY|AUD/JPY} {dec}
6W スレッドプールの使用率が{n}%を超えました
4 キャッシュをクリアしました 対象={商品|店舗|金利}
4 オンライン業務を開始しました 業務日={date}
4 オンライン業務を終了しました 業務日={date}
2 設定ファイルを読み込みました /opt/ib/conf/online.properties
1E 証明書の有効期限まで残り{n}日です
`,
  },
];
