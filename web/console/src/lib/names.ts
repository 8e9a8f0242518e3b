// SPDX-License-Identifier: Apache-2.0
// Stable codes of the contract in words.  A code that is not here is shown as it is: better a plain
// code than a wrong word.
import type { Lang, Pair } from '../i18n';

type Table = Record<string, Pair>;

const p = (zh: string, en: string): Pair => ({ zh, en });

export const PERSON_STATES: Table = {
	enrolled: p('已参保', 'enrolled'),
	open: p('待缴费', 'to pay'),
	refused: p('不能参保', 'refused'),
	none: p('未核定', 'not assessed'),
};
export const BILL_STATES: Table = {
	open: p('待缴', 'open'),
	paid: p('已缴', 'paid'),
	funded: p('全额资助', 'funded'),
	withdrawn: p('已撤销', 'withdrawn'),
};
export const PAYMENT_STATES: Table = { posted: p('已入账', 'posted'), suspense: p('待查', 'in suspense') };
export const JOB_STATES: Table = {
	queued: p('排队', 'queued'),
	running: p('进行中', 'running'),
	done: p('完成', 'done'),
	failed: p('未成', 'failed'),
	cancelled: p('已停止', 'stopped'),
};
export const JOB_KINDS: Table = { import: p('导入', 'import'), assess: p('核定', 'assessment'), export: p('导出', 'export') };
export const REGISTRATION_STATES: Table = {
	asked: p('待审核', 'waiting'),
	accepted: p('已通过', 'accepted'),
	declined: p('未通过', 'declined'),
};
export const REGISTRATION_KINDS: Table = { newborn: p('新生儿', 'newborn'), new: p('新参保登记', 'new resident') };
export const TICKET_STATES: Table = { open: p('待答复', 'open'), answered: p('已答复', 'answered'), closed: p('已办结', 'closed') };
export const TICKET_KINDS: Table = {
	wrong_name: p('姓名不对', 'wrong name'),
	wrong_number: p('证件号码不对', 'wrong number'),
	wrong_category: p('资助身份不对', 'wrong category'),
	wrong_amount: p('金额不对', 'wrong amount'),
	paid_not_shown: p('缴了没显示', 'paid, not shown'),
	not_found: p('查不到人', 'not found'),
	other: p('其他', 'other'),
};
export const EXPORT_STATES: Table = {
	asked: p('待批准', 'waiting'),
	approved: p('已批准，生成中', 'approved, in the making'),
	declined: p('未批准', 'declined'),
	ready: p('可下载', 'ready'),
	failed: p('生成未成', 'failed'),
};
export const EXPORT_LISTS: Table = {
	missing: p('未参保台账', 'who is missing'),
	special: p('困难群众未参保名单', 'special groups, missing'),
	suspense: p('待查款', 'money that waits'),
	bills: p('应缴单', 'bills'),
	payments: p('缴费明细', 'payments'),
};
export const ACCOUNT_STATES: Table = { asked: p('待授权', 'not granted yet'), active: p('启用', 'active'), closed: p('已停用', 'closed') };
export const IMPORT_KINDS: Table = {
	divisions: p('区划', 'divisions'),
	residents: p('户籍、常住人口', 'residents'),
	categories: p('困难群众名单', 'category lists'),
	students: p('学生名册', 'students'),
	targets: p('目标任务', 'targets'),
	coverage: p('职工、异地参保', 'cover elsewhere'),
	circumstances: p('特殊情形', 'circumstances'),
	payments: p('缴费明细', 'payments'),
};
export const DEPARTMENTS: Table = {
	civil_affairs: p('民政', 'civil affairs'),
	rural_revitalisation: p('乡村振兴', 'rural revitalisation'),
	health: p('卫健', 'health'),
	veterans: p('退役军人', 'veterans'),
	disabled_federation: p('残联', "disabled persons' federation"),
	medical_insurance: p('医保', 'medical insurance'),
	tax: p('税务', 'tax'),
	finance: p('财政', 'finance'),
	education: p('教育', 'education'),
	public_security: p('公安', 'public security'),
	statistics: p('统计', 'statistics'),
	human_resources: p('人社', 'human resources'),
	bank: p('金融', 'banks'),
	government: p('政府', 'government'),
	town: p('乡镇', 'town'),
	village: p('村社区', 'village'),
};
export const FUNDS: Table = {
	medical_aid: p('医疗救助', 'medical aid'),
	fiscal: p('财政资金', 'fiscal funds'),
	health_department: p('卫健部门', 'health department'),
	veterans_bureau: p('退役军人部门', "veterans' bureau"),
	civil_affairs: p('民政部门', 'civil affairs'),
	disabled_federation: p('残联', "disabled persons' federation"),
	collective: p('集体', 'the collective'),
};
export const PAYERS: Table = { self: p('本人', 'the person'), fund: p('资金', 'a fund'), institution: p('机构', 'an institution') };
export const SCHEMES: Table = {
	employee: p('职工医保', "employees' insurance"),
	resident: p('居民医保', "residents' insurance"),
	employee_insurance: p('职工医保', "employees' insurance"),
	resident_elsewhere: p('异地居民医保', "residents' insurance elsewhere"),
	'310': p('职工医保', "employees' insurance"),
	'390': p('居民医保', "residents' insurance"),
};
export const CIRCUMSTANCES: Table = {
	employee_lapse: p('职工医保中断', "employees' insurance lapsed"),
	discharged_soldier: p('退役军人', 'discharged soldier'),
	military_spouse: p('随军配偶', 'military spouse'),
	released_prisoner: p('刑满释放', 'released prisoner'),
	left_other_scheme: p('退出其他保障', 'left another scheme'),
	unemployed_graduate: p('未就业毕业生', 'unemployed graduate'),
	moved_in: p('新迁入', 'moved in'),
	returning_migrant: p('春节返乡农民工', 'returning migrant worker'),
	welfare_institution: p('福利机构儿童', 'child in a welfare institution'),
	new_employment: p('新就业形态', 'new forms of employment'),
	objective_reason: p('客观原因', 'objective reason'),
};
export const STUDENT_LEVELS: Table = {
	college: p('大中专', 'college'),
	school: p('中小学', 'school'),
	nursery: p('幼儿园', 'nursery'),
};
export const EVIDENCE_KINDS: Table = {
	birth_certificate: p('出生医学证明', 'birth certificate'),
	household_book: p('户口簿', 'household book'),
	identity: p('身份证件', 'identity document'),
	residence_permit: p('居住证', 'residence permit'),
	termination: p('终止参保证明', 'proof that cover ended'),
	discharge: p('退役、释放证明', 'discharge paper'),
	other: p('其他材料', 'other paper'),
};
export const LOOKS: Table = {
	record: p('查看档案', 'read the record'),
	unmask: p('查看完整号码', 'saw the whole number'),
	evidence: p('查看材料', 'saw a paper'),
	quote: p('本人查询', 'asked for oneself'),
	list: p('名单中出现', 'in a list'),
};
export const DUTIES: Table = { tax: p('税务网格员', 'tax'), insurance: p('医保网格员', 'insurance'), collector: p('代收人', 'collector') };
export const REACHES: Table = {
	county: p('全县', 'the county'),
	division: p('本乡镇（村）', 'its town or village'),
	department: p('本部门名单', "its department's lists"),
	school: p('本校', 'its school'),
	channel: p('本渠道', 'its channel'),
	nobody: p('不接触业务数据', 'no business data'),
};
export const PHASES: Table = {
	before: p('集中缴费尚未开始', 'collection has not begun'),
	open: p('集中缴费期', 'collection period'),
	after: p('集中缴费已结束', 'collection is over'),
};
export const READING_STATES: Table = { open: p('待确认', 'open'), confirmed: p('已确认', 'confirmed'), rejected: p('不采纳', 'rejected') };
export const SEXES: Table = { '1': p('男', 'male'), '2': p('女', 'female') };
/** Counts of a job's result. */
export const COUNTS: Table = {
	rows: p('总行数', 'rows'),
	added: p('新增', 'added'),
	changed: p('更新', 'changed'),
	unchanged: p('无变化', 'unchanged'),
	rejected: p('退回', 'came back'),
	ended: p('移出名单', 'taken off'),
	skipped: p('跳过（合计、备注行）', 'passed over (sums, notes)'),
	warned: p('已导入，请核对', 'in, worth a second look'),
	posted: p('入账笔数', 'payments posted'),
	suspended: p('待查笔数', 'payments in suspense'),
	posted_fen: p('入账金额', 'money posted'),
	suspense_fen: p('待查金额', 'money in suspense'),
	suspended_fen: p('待查金额', 'money in suspense'),
	asks_ended: p('将移出的人数，待您确认', 'would be taken off; confirm'),
	nobody_taken_off: p('全量名单有退回行，未移出任何人', 'a complete list had bad rows: nobody was taken off'),
	fen_posted: p('入账金额', 'money posted'),
	fen_suspense: p('待查金额', 'money in suspense'),
	cancelled_none: p('全量名单有退回行，未移出任何人', 'a complete list had bad rows: nobody was taken off'),
	people: p('核定人数', 'people'),
	payable_fen: p('个人应缴合计', 'to pay, in all'),
	subsidy_fen: p('资助合计', 'subsidies, in all'),
	deceased: p('已死亡', 'deceased'),
	lapsed: p('过期未缴', 'lapsed unpaid'),
	persons: p('核定人数', 'people'),
	assessed: p('核定人数', 'assessed'),
	enrol: p('应参保', 'may enrol'),
	refused: p('新判不能参保', 'newly refused'),
	billed: p('生成应缴单', 'bills made'),
	bills: p('应缴单', 'bills'),
	funded: p('全额资助', 'fully funded'),
	withdrawn: p('撤销应缴单', 'bills withdrawn'),
	enrolled: p('此前已参保', 'enrolled before'),
	open: p('待缴', 'open'),
	paid: p('已缴', 'paid'),
};

/** Acts of the audit trail. */
export const ACTS: Table = {
	log_in: p('登录', 'log in'),
	log_in_failed: p('登录失败', 'log-in failed'),
	log_out: p('退出', 'log out'),
	password_change: p('改密码', 'change password'),
	second_factor: p('输入动态验证码', 'show a code'),
	second_factor_begin: p('开始绑定验证器', 'begin the authenticator'),
	second_factor_set: p('绑定验证器', 'set the authenticator'),
	find_people: p('查找居民', 'find people'),
	explain: p('查看档案', 'read a record'),
	unmask: p('查看完整号码', 'show whole numbers'),
	unmask_report: p('报表带完整号码', 'report with whole numbers'),
	file_evidence: p('上传材料', 'upload a paper'),
	read_evidence: p('查看材料', 'read a paper'),
	ask_registration: p('提交参保登记', 'ask to register'),
	decide_registration: p('审核参保登记', 'decide a registration'),
	open_ticket: p('反映数据障碍', 'report wrong data'),
	answer_ticket: p('答复数据障碍', 'answer a report'),
	place_order: p('居民下单', 'place an order'),
	confirm_order: p('渠道确认付款', 'confirm an order'),
	take_payment: p('代收缴费', 'take a payment'),
	upload: p('上传文件', 'upload a file'),
	upload_sweep: p('清理旧文件', 'sweep uploads'),
	import_divisions: p('导入区划', 'import divisions'),
	import_residents: p('导入居民', 'import residents'),
	import_categories: p('导入困难群众名单', 'import categories'),
	import_students: p('导入学生', 'import students'),
	import_coverage: p('导入职工、异地参保', 'import coverage'),
	import_circumstances: p('导入特殊情形', 'import circumstances'),
	import_targets: p('导入任务分解', 'import targets'),
	import_payments: p('导入缴费', 'import payments'),
	assess: p('核定', 'assess'),
	job_ask: p('提交后台任务', 'ask for a job'),
	job_end: p('后台任务结束', 'end of a job'),
	job_stop: p('停止后台任务', 'stop a job'),
	export_ask: p('申请导出', 'ask for an export'),
	export_approve: p('批准导出', 'approve an export'),
	export_decline: p('不批准导出', 'decline an export'),
	export_write: p('生成导出文件', 'write an export'),
	export_fetch: p('下载导出文件', 'fetch an export'),
	export_list: p('列表存为文件', 'list as a file'),
	name_grid: p('指定网格员', 'name grid staff'),
	account_ask: p('开户', 'open an account'),
	account_grant: p('授权', 'grant an account'),
	account_move: p('调岗', 'move an account'),
	account_reset: p('重置密码', 'reset a password'),
	account_close: p('停用账号', 'close an account'),
	account_demo: p('开设演示账号', 'demo accounts'),
	account_operator_add: p('开设管理员', 'add an administrator'),
	account_operator_reset: p('重置管理员', 'reset an administrator'),
	client_open: p('开设接口系统', 'let a system in'),
	client_rotate: p('接口换钥', 'rotate a key'),
	client_close: p('停用接口系统', 'let a system out'),
	cover_search: p('平台查参保', 'platform: search cover'),
	cover_changes: p('平台取参保变动', 'platform: changes of cover'),
};

export function named(table: Table, code: string | number | null | undefined, lang: Lang): string {
	if (code === null || code === undefined || code === '') return '—';
	return table[String(code)]?.[lang] ?? String(code);
}
