/** Common Japanese family and given names; pairs are drawn without repetition. */
export const FAMILY_NAMES: readonly string[] =
  '佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上 木村 林 斎藤 清水 山崎 森 池田 橋本 阿部 石川 山下 中島 石井 小川 前田 岡田 長谷川 藤田 後藤 近藤 村上 遠藤 青木 坂本 福田 太田 西村 藤井 金子 岡本 藤原 三浦 中野 中川 原田 松田 竹内 小野 田村 中山 和田 石田 森田 上田'.split(
    ' ',
  );
export const GIVEN_NAMES: readonly string[] =
  '美咲 陽子 健太 由美子 翔太 裕子 大輔 真由美 直樹 恵子 拓也 智子 達也 香織 健一 久美子 和也 愛 亮 千尋 誠 明美 学 麻衣 隆 優子 浩二 彩 哲也 早紀 剛 幸子 雄太 典子 悠斗 葵 蓮 結衣 大翔 陽菜 樹 凛 修 さくら 颯太 七海 一郎 奈々 圭介 里奈 純 桃子 英樹 瞳 慎也 綾香 昌弘 理恵 勇気 菜摘'.split(
    ' ',
  );
