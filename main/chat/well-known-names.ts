/**
 * Places and family names a wording might bring in from outside the company's data. Not complete and not meant to be: the gate
 * also refuses every name followed by さん, 氏, 拠点, 県 … and every capitalised English word it does not know.
 */
const words = (text: string): string[] => text.trim().split(/\s+/);

export const PLACES_JA = words(`
北海道 青森 岩手 宮城 秋田 山形 福島 茨城 栃木 群馬 埼玉 千葉 東京 神奈川 新潟 富山 石川県 福井 山梨 長野 岐阜 静岡 愛知 三重 滋賀 京都
大阪 兵庫 奈良 和歌山 鳥取 島根 岡山 広島 山口県 徳島 香川 愛媛 高知 福岡 佐賀 長崎 熊本 大分県 宮崎 鹿児島 沖縄 札幌 函館 旭川 盛岡 仙台 さいたま
横浜 川崎市 相模原 浜松 名古屋 堺市 神戸 北九州 佐世保 那覇 金沢 宇都宮 高松市 松山市 渋谷 新宿 池袋 品川 秋葉原 梅田 難波 博多 天神 立川 八王子
中国 韓国 台湾 アメリカ インド ベトナム フィリピン`);
export const PLACES_EN = words(`
Hokkaido Aomori Iwate Miyagi Akita Yamagata Fukushima Ibaraki Tochigi Gunma Saitama Chiba Tokyo Kanagawa Niigata Toyama Ishikawa Fukui Yamanashi
Nagano Gifu Shizuoka Aichi Mie Shiga Kyoto Osaka Hyogo Nara Wakayama Tottori Shimane Okayama Hiroshima Yamaguchi Tokushima Kagawa Ehime Kochi Fukuoka
Saga Nagasaki Kumamoto Oita Miyazaki Kagoshima Okinawa Sapporo Hakodate Asahikawa Morioka Sendai Yokohama Kawasaki Sagamihara Hamamatsu Nagoya Sakai
Kobe Kitakyushu Sasebo Naha Kanazawa Utsunomiya Takamatsu Matsuyama Shibuya Shinjuku Shinagawa Umeda Hakata Japan China Korea Taiwan India Vietnam
Manila London Singapore`);
export const SURNAMES_JA = words(`
佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上 木村 清水 山崎 池田 阿部 橋本 山下 石川 中島 前田 藤田 小川
後藤 岡田 長谷川 村上 近藤 石井 斎藤 斉藤 坂本 遠藤 青木 藤井 西村 福田 太田 三浦 岡本 松田 中川 中野 小野 原田 田村 竹内 金子 和田 中山 石田
上田 森田 柴田 酒井 工藤 横山 宮本 内田 高木 安藤 谷口 大野 丸山 今井 河野 藤本 村田 武田 上野 杉山 増田 小島 小山 千葉 平野 大塚 久保 松井`);
export const SURNAMES_EN = words(`
Sato Suzuki Takahashi Tanaka Ito Watanabe Yamamoto Nakamura Kobayashi Kato Yoshida Yamada Sasaki Matsumoto Inoue Kimura Shimizu Yamazaki Ikeda Abe
Hashimoto Yamashita Nakajima Maeda Fujita Ogawa Goto Okada Hasegawa Murakami Kondo Ishii Saito Sakamoto Endo Aoki Fujii Nishimura Fukuda Ota Miura
Okamoto Matsuda Nakagawa Nakano Ono Harada Tamura Takeuchi Kaneko Wada Nakayama Ishida Ueda Morita Shibata Sakai Kudo Yokoyama Miyamoto Uchida
Takagi Ando Taniguchi Smith Johnson Brown Lee Kim`);
