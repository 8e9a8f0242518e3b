// SPDX-License-Identifier: Apache-2.0
// Made-up answers for the developer's desk.  Nobody in here exists; no number is a valid one.
const SURNAMES = ['王', '李', '张', '刘', '陈', '杨', '赵', '安', '郎', '兰', '索', '贺'];
const GIVEN = ['建国', '秀英', '志强', '丽华', '海燕', '永红', '雪梅', '国栋', '玉兰', '生花', '小军', '晓红', '德福', '桂芳'];
export const TOWNS = [
	['620721100000', '红湾寺镇', 3512, 3201], ['620721101000', '皇城镇', 7326, 6120], ['620721102000', '康乐镇', 3500, 3344], ['620721200000', '马蹄乡', 4427, 3501],
	['620721201000', '白银乡', 626, 624], ['620721202000', '大河乡', 3960, 3310], ['620721203000', '明花乡', 3450, 2205], ['620721204000', '祁丰乡', 2699, 2480],
];
const VILLAGE = ['隆畅', '老虎沟', '西城', '东滩', '金畅河', '营盘', '长水'];

let seed = 7;
const rnd = (n) => {
	seed = (seed * 1103515245 + 12345) % 2147483648;
	return seed % n;
};
const name = (i) => SURNAMES[i % SURNAMES.length] + GIVEN[(i * 7) % GIVEN.length];
const mask = (i) => `620721********${String(1000 + ((i * 37) % 9000)).padStart(4, '0')}`;
const at = (day, i = 0) => `${day}T${String(9 + (i % 8)).padStart(2, '0')}:${String((i * 13) % 60).padStart(2, '0')}:05+08:00`;

export const season = {
	county: '620721', county_name: '肃南裕固族自治县', policy: 'sunan-2024', label: '2024年度城乡居民基本医疗保险', benefit_from: '2024-01-01', benefit_to: '2024-12-31',
	pay_from: '2023-09-10', pay_to: '2023-12-31', phase: 'open', today: '2023-12-01', demo: true, personal_fen: 38000, payments_open: true, oidc: true,
	channels: [
		{ code: 'abc_counter', name: '农业银行网点柜台', online: false, open: true }, { code: 'rcu_counter', name: '农信社网点柜台', online: false, open: true },
		{ code: 'gansu_tax', name: '甘肃税务社保缴费微信小程序', online: true, open: true }, { code: 'alipay', name: '支付宝市民中心社保缴费', online: true, open: true },
	],
	policies: [{ code: 'sunan-2024', label: '2024年度城乡居民基本医疗保险' }],
};

const cite = [
	{ clause: '二(二)', text: '个人缴费标准每人每年 380 元' },
	{ clause: '二(三)2', text: '农村三类低保对象按 250 元资助' },
	{ clause: '二(四)', text: '扣除资助后个人应缴 130 元' },
	{ clause: '二(五)', text: '集中缴费期 2023-09-10 至 2023-12-31，待遇自 2024-01-01 起' },
];

export function line(i) {
	const state = ['enrolled', 'open', 'open', 'refused', 'enrolled', 'none'][i % 6];
	return {
		id: i, name: name(i), number: mask(i), sex: (i % 2) + 1, birth: `${1945 + ((i * 11) % 75)}-0${1 + (i % 9)}-1${i % 10}`, town: TOWNS[i % 8][1], village: `${VILLAGE[i % 7]}村`,
		household: `H${String(20000 + Math.floor(i / 3))}`, registered: i % 9 !== 0, resident: i % 7 !== 0, died_on: i % 23 === 0 ? '2023-05-02' : null, state,
	};
}

export const payment = (i) => {
	const wait = i % 11 === 3;
	return {
		id: 5000 + i, channel: ['gansu_tax', 'alipay', 'abc_counter', 'rcu_counter'][i % 4], channel_name: ['甘肃税务社保缴费微信小程序', '支付宝市民中心社保缴费', '农业银行网点柜台', '农信社网点柜台'][i % 4],
		serial: `42${String(9000000 + i * 77)}`, person: wait && i % 2 ? null : i + 1, name: wait && i % 2 ? null : name(i + 1), fen: [38000, 13000, 7000, 28000][i % 4], paid_at: at(`2023-11-${String(30 - (i % 28)).padStart(2, '0')}`, i),
		state: wait ? 'suspense' : 'posted', reason: wait ? 'amount' : null, reason_zh: wait ? '金额与应缴不一致：应缴 130.00 元' : null, reason_en: wait ? 'the amount is not what is due: 130.00' : null, receipt: wait ? null : `620721-2024-${String(100000 + i)}`,
	};
};

export function person(i) {
	const l = line(i);
	const refuse = l.state === 'refused';
	return {
		id: i, name: l.name, number: l.number, document: '居民身份证', sex: l.sex, birth: l.birth, nation: i % 3 ? '裕固族' : '汉族', phone: `138****${String(1000 + i).slice(-4)}`, town: l.town, village: l.village,
		household: l.household, relation: ['户主', '妻', '子', '女'][i % 4], registered: l.registered, resident: l.resident, died_on: l.died_on, student: i % 8 === 5 ? { level: 'school', local: true } : null,
		ruling: {
			decision: refuse ? 'refuse' : 'enrol', reason: refuse ? 'in_employee_insurance' : null, reason_zh: refuse ? '属于职工医保参保范围' : null, reason_en: refuse ? 'in employee insurance' : null,
			route: refuse ? null : '集中缴费', category: refuse ? null : '农村三类低保', standard_fen: refuse ? null : 38000, subsidy_fen: refuse ? null : 25000, payable_fen: refuse ? null : 13000, payer: refuse ? null : 'self', fund: refuse ? null : 'medical_aid',
			benefit_from: refuse ? null : '2024-01-01', benefit_to: refuse ? null : '2024-12-31', cites: refuse ? [{ clause: '二(一)', text: '属于职工医保参保范围的，不参加居民医保' }] : cite,
			steps: refuse ? [{ zh: '2023-03-01 起参加职工医保，至今未中断', en: "in employees' insurance since 2023-03-01", fen: null, clause: '二(一)' }] : [
				{ zh: '本县户籍，属于参保对象', en: 'registered in this county: may enrol', fen: null, clause: '二(一)' }, { zh: '个人缴费标准', en: 'the contribution', fen: 38000, clause: '二(二)' },
				{ zh: '列入农村三类低保（民政，2023-06-01 认定），资助', en: 'on the list of rural dibao class 3 (civil affairs, 2023-06-01): subsidy', fen: -25000, clause: '二(三)2' },
				{ zh: '另有脱贫不稳定身份，资助相同，就高不重复', en: 'also unstably lifted: the same subsidy, counted once', fen: null, clause: '二(三)' }, { zh: '今天在集中缴费期内，本人应缴', en: 'within the collection period: to pay', fen: 13000, clause: '二(五)' },
			],
		},
		categories: refuse ? [] : [
			{ code: 'rural_dibao_3', name: '农村三类低保', subsidy_fen: 25000, certified: '2023-06-01', ended: null, department: 'civil_affairs', applies: true },
			{ code: 'unstable_lifted', name: '脱贫不稳定', subsidy_fen: 25000, certified: '2022-04-01', ended: '2023-09-30', department: 'rural_revitalisation', applies: false },
		],
		coverages: refuse ? [{ scheme: 'employee', since: '2023-03-01', ended: null, months: 9 }] : [], circumstances: i % 4 === 2 ? [{ kind: 'moved_in', happened: '2023-04-11' }] : [],
		bill: l.state === 'open' ? { number: 'YJ6207212024000123', state: 'open', payable_fen: 13000 } : l.state === 'enrolled' ? { number: 'YJ6207212024000124', state: 'paid', payable_fen: 13000 } : null,
		payments: l.state === 'enrolled' ? [{ ...payment(i), person: i, state: 'posted', fen: 13000, reason: null, reason_zh: null, reason_en: null }] : [],
		enrolments: l.state === 'enrolled' ? [{ policy: 'sunan-2024', benefit_year: 2024, route: '集中缴费', category: '农村三类低保', standard_fen: 38000, personal_fen: 13000, subsidy_fen: 25000, benefit_from: '2024-01-01', benefit_to: '2024-12-31', enrolled_on: '2023-11-12', online: true, active: true }] : [],
		changes: [{ at: at('2023-10-08'), actor: 'ps.import', field: 'village', was: '西城村', became: l.village }, { at: at('2023-10-02'), actor: 'hwc.town', field: 'phone', was: null, became: '138****0001' }],
		members: [i + 1, i + 2].map((j, k) => ({ id: j, name: name(j), relation: ['妻', '子'][k], birth: `19${70 + k * 20}-03-04`, died: false, enrolled: k === 0 })),
		other_cover: 0,
	};
}

const columns = [
	{ key: 'rank', zh: '名次', en: 'Rank', type: 'count' }, { key: 'town', zh: '乡镇', en: 'Town', type: 'text' }, { key: 'target', zh: '目标数', en: 'Target', type: 'count' }, { key: 'base', zh: '参保率分母', en: "Rate's base", type: 'count' }, { key: 'enrolled', zh: '参保人数', en: 'Enrolled', type: 'count' },
	{ key: 'rate', zh: '参保率', en: 'Rate', type: 'rate' }, { key: 'today', zh: '当日新增', en: 'That day', type: 'count' }, { key: 'online_share', zh: '线上占比', en: 'Online', type: 'rate' }, { key: 'funded', zh: '全额资助', en: 'Fully funded', type: 'count' },
	{ key: 'personal_fen', zh: '个人缴费', en: 'Personal', type: 'fen' }, { key: 'subsidy_fen', zh: '资助金额', en: 'Subsidy', type: 'fen' }, { key: 'extended', zh: '延期', en: 'Extended', type: 'text' },
];

export function report(which, on, town) {
	const name = { progress: ['参保缴费进度', 'Progress'], ranking: ['参保进度排名', 'Ranking'], villages: ['各村进度', 'Villages'], special: ['困难群众参保', 'Special groups'], suspense: ['待查款', 'Suspense'] }[which];
	const base = { name: which, title_zh: name[0], title_en: name[1], on: on ?? season.today };
	if (which === 'special')
		return {
			...base, columns: [{ key: 'category', zh: '身份类别', en: 'Category', type: 'text' }, { key: 'total', zh: '应保人数', en: 'People', type: 'count' }, { key: 'enrolled', zh: '居民医保', en: "Residents' insurance", type: 'count' }, { key: 'covered', zh: '其他医保', en: 'Other schemes', type: 'count' }, { key: 'missing', zh: '未参保', en: 'Missing', type: 'count' }, { key: 'rate', zh: '参保率', en: 'Rate', type: 'rate' }],
			rows: [['特困人员', 212, 212, 0, 0, 10000], ['农村一类低保', 431, 402, 20, 9, 9791], ['农村三类低保', 820, 640, 100, 80, 9024], ['脱贫不稳定', 96, 90, 4, 2, 9792]], codes: [null, null, null, null], total: ['合计', 1559, 1344, 124, 91, 9416],
		};
	const places = which === 'villages' ? VILLAGE.map((v, i) => [String(Number(town ?? '620721100000') + 1 + i), `${v}村`, 300 + i * 61, 210 + i * 55]) : TOWNS;
	const rows = places.map(([code, label, target, enrolled], i) => ({ code, cells: [label, target, target, enrolled, Math.round((enrolled * 10000) / target), 12 + i * 7, 6200 + i * 210, 20 + i, enrolled * 30100, enrolled * 7900, i === 6 ? '是' : null] }));
	const ranked = which !== 'progress';
	if (ranked) rows.sort((a, b) => b.cells[4] - a.cells[4]);
	const sum = (k) => rows.reduce((s, r) => s + r.cells[k], 0);
	const total = ['合计', sum(1), sum(2), sum(3), Math.round((sum(3) * 10000) / sum(1)), sum(5), 7012, sum(7), sum(8), sum(9), null];
	return {
		...base, columns: (ranked ? columns : columns.slice(1)).map((c) => (which === 'villages' && c.key === 'town' ? { ...c, key: 'village', zh: '村（社区）', en: 'Village' } : c)),
		rows: rows.map((r, i) => (ranked ? [i + 1, ...r.cells] : r.cells)), codes: rows.map((r) => r.code), total: ranked ? [null, ...total] : total,
	};
}

export function days(on) {
	const items = [];
	const end = Date.parse(`${on ?? season.today}T00:00:00Z`);
	for (let d = Date.parse('2023-09-10T00:00:00Z'), i = 0; d <= end; d += 86400000, i++) {
		const week = new Date(d).getUTCDay();
		const enrolled = Math.round((90 + 260 * Math.exp(-((i - 60) ** 2) / 900) + rnd(60)) * (week === 0 || week === 6 ? 0.45 : 1));
		items.push({ day: new Date(d).toISOString().slice(0, 10), enrolled, online: Math.round(enrolled * 0.66), funded: Math.round(enrolled * 0.03), personal_fen: enrolled * 30100, subsidy_fen: enrolled * 7900 });
	}
	return items;
}

export function divisions(parent) {
	const grid = (i) => [{ duty: 'tax', name: name(i), phone: '0936-612****' }, { duty: 'insurance', name: name(i + 3), phone: null }];
	const towns = TOWNS.map(([code, label, target], i) => ({ code, name: label, level: 'town', parent: '620721000000', officer: name(i + 5), people: target, grid: i % 3 ? grid(i) : [] }));
	if (parent && parent !== '620721000000') return VILLAGE.map((v, i) => ({ code: String(Number(parent) + 1 + i), name: `${v}村`, level: 'village', parent, officer: i % 2 ? name(i) : null, people: 300 + i * 61, grid: i % 2 ? [...grid(i), { duty: 'collector', name: name(i + 6), phone: '139****0102' }] : [] }));
	return parent ? towns : [{ code: '620721000000', name: '肃南裕固族自治县', level: 'county', parent: null, officer: null, people: 29500, grid: [] }, ...towns];
}

export const missing = (i) => ({ person: 300 + i, name: name(i * 3), number: mask(i), sex: (i % 2) + 1, birth: `19${50 + (i % 49)}-05-1${i % 10}`, household: `H${20100 + Math.floor(i / 3)}`, payable_fen: i % 9 === 4 ? null : [38000, 13000, 7000][i % 3], category: i % 3 ? '农村三类低保' : null, refusal: i % 9 === 4 ? '属于职工医保参保范围' : null });

export const registration = (i) => ({
	id: 70 + i, kind: i % 2 ? 'new' : 'newborn', state: i < 5 ? 'asked' : i % 2 ? 'accepted' : 'declined', name: name(i + 20), number: mask(i), sex: 2 - (i % 2), birth: i % 2 ? '1992-04-05' : `2023-11-0${1 + i}`, town: TOWNS[i % 8][1], village: `${VILLAGE[i % 7]}村`,
	registered: true, guardian: i % 2 ? null : name(i + 30), asked_at: at(`2023-11-2${i % 9}`, i), decided_at: i < 5 ? null : at('2023-11-30'), decided_by: i < 5 ? null : 'hwc.town', reason: i >= 5 && i % 2 === 0 ? '出生医学证明看不清，请重新拍照' : null, person: i >= 5 && i % 2 ? 40 : null,
	evidence: [{ id: 900 + i, kind: i % 2 ? 'identity' : 'birth_certificate', media: 'image/png', bytes: 240_000, at: at('2023-11-28') }, { id: 950 + i, kind: 'household_book', media: i % 2 ? 'application/pdf' : 'image/png', bytes: 1_240_000, at: at('2023-11-28') }],
});

export const ticket = (i) => ({
	id: 30 + i, kind: ['wrong_category', 'paid_not_shown', 'not_found', 'wrong_amount'][i % 4], state: i < 6 ? 'open' : 'answered', text: ['我家是低保户，系统里显示要缴 380 元，请核对。', '上周在微信上缴了，今天查还是未缴费。', '查不到我母亲的信息，她去年缴过。', '应该缴 70 元，显示 130 元。'][i % 4], town: TOWNS[i % 8][1], person: i % 4 === 2 ? null : i + 1,
	person_name: i % 4 === 2 ? null : name(i + 1), phone: i % 3 ? '139-0000-0000' : null, opened_at: at(`2023-11-2${i % 9}`, i), due_at: at(i < 2 ? '2023-11-30' : '2023-12-06'), late: i < 2, answer: i < 6 ? null : '已更正，请重新查询。', answered_at: i < 6 ? null : at('2023-11-30'), answered_by: i < 6 ? null : 'hwc.town',
});

export const bill = (i) => ({
	number: `YJ620721202400${String(1000 + i)}`, person: i + 1, name: name(i + 1), village: `${VILLAGE[i % 7]}村`, state: ['open', 'paid', 'funded', 'open', 'withdrawn'][i % 5], route: '集中缴费', category: i % 3 ? '农村三类低保' : null, standard_fen: 38000, subsidy_fen: i % 3 ? 25000 : 0, payable_fen: i % 3 ? 13000 : 38000, payer: i % 5 === 2 ? 'fund' : 'self', fund: i % 3 ? 'medical_aid' : null, assessed_on: '2023-11-20',
});

export const importFile = (i) => ({ id: 80 - i, kind: ['categories', 'residents', 'payments', 'students'][i % 4], name: ['民政低保名单202311.xlsx', '公安户籍人口.csv', '农行缴费明细1129.csv', '全县学生名册.xlsx'][i % 4], department: i % 4 === 0 ? 'civil_affairs' : null, as_of: '2023-11-28', rows: 2431 + i, accepted: 2400, unchanged: 12, rejected: i % 3 ? 0 : 19 + i, actor: 'civil.wang', at: at('2023-11-28', i) });

export function policy() {
	const cats = [['extreme_poverty', '特困人员', 38000], ['orphan', '孤儿', 38000], ['rural_dibao_1', '农村一类低保', 31000], ['rural_dibao_3', '农村三类低保', 25000], ['dibao_edge', '低保边缘家庭成员', 10000], ['returned_to_poverty', '返贫致贫人口', 31000], ['unstable_lifted', '脱贫不稳定', 25000], ['stable_lifted', '已脱贫人口', 10000]];
	return {
		code: 'sunan-2024', label: '2024年度城乡居民基本医疗保险', region: '620721 肃南裕固族自治县', benefit_from: '2024-01-01', benefit_to: '2024-12-31', personal_fen: 38000, fiscal_fen: 64000,
		categories: cats.map(([code, label, s]) => ({ code, name: label, subsidy_fen: s, payable_fen: 38000 - s, fund: 'medical_aid', cites: ['二(三)2', '二(四)'] })),
		routes: [{ code: 'regular', name: '集中缴费', pay_from: '2023-09-10', pay_to: '2023-12-31', cites: ['二(五)'] }, { code: 'newborn', name: '新生儿', pay_from: null, pay_to: null, cites: ['三(一)'] }],
		readings: [{ number: 'J1', text: '通知只说不受期限限制、实时办理，未写待遇何时起；按缴费当日起', author: '县医保局', state: '待确认' }, { number: 'J4', text: '资助资金由医疗救助承担', author: '县医保局', state: '已确认' }],
		clauses: [
			{ clause: '文首', text: '八个单位联合发文；依据市级文件', figures: ['2023年'], cited_by: ['年度称谓'], notice: null }, { clause: '一', text: '参保率目标；全县与各乡镇的参保计划人数', figures: ['100%', '29500人', '7326人'], cited_by: ['目标', '参保率 overall'], notice: '（此处为经办机构自存的通知原文）' },
			{ clause: '二(二)', text: '个人标准与财政补助的各级分担，比上年的增额', figures: ['30元', '380元', '640元', '512元', '112元', '16元'], cited_by: ['标准.个人缴费', '标准.财政补助'], notice: null }, { clause: '二(三)2', text: '低保和返贫致贫等的资助额', figures: ['310元', '250元'], cited_by: ['身份 rural_dibao_1', '身份 rural_dibao_3'], notice: null },
			{ clause: '二(五)', text: '集中缴费期和待遇期；不受期限限制的四类人', figures: ['2023-09-10', '2023-12-31', '2024-01-01'], cited_by: ['途径 regular', '待遇期'], notice: null }, { clause: '四(六)', text: '宣传引导的方式', figures: [], cited_by: [], notice: null },
		],
		uncited: ['四(六)'],
	};
}

export const trail = (i) => ({ id: 9000 - i, at: at('2023-11-30', i), actor: ['hwc.town', 'civil.wang', 'tax.li'][i % 3], on_behalf: null, act: ['session_open', 'import_categories', 'registration_decide', 'take_payment'][i % 4], subject: i % 4 === 2 ? '登记 72' : null, reason: i % 4 === 2 ? '材料看不清' : null, detail: i % 4 === 1 ? { rows: 2431, rejected: 19 } : null });

export const account = (i) => ({ id: 10 + i, login: ['hwc.town', 'civil.wang', 'tax.li', 'hc.agent', 'ins.zhao'][i % 5] + (i > 4 ? i : ''), name: name(i + 40), staff_no: `G${1000 + i}`, role: ['town_office', 'civil_affairs', 'tax', 'village_agent', 'insurance'][i % 5], division: i % 5 === 0 ? TOWNS[0][0] : null, division_name: i % 5 === 0 ? TOWNS[0][1] : null, unit: null, state: i === 1 ? 'asked' : i === 7 ? 'closed' : 'active', totp: i % 2 === 0, must_change: i === 1, locked: i === 3, asked_by: 'sys.admin' });
