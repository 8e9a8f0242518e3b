// SPDX-License-Identifier: Apache-2.0
// 账号: the system administrator opens and closes, the security administrator grants and resets;
// nobody does both.
import { useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Drawer, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { call } from '../api/client';
import type { Account, Operations, Role } from '../api/contract';
import { useCall, usePages } from '../api/hooks';
import { AskReason } from '../components/ask-reason';
import { Choose, namedOptions } from '../components/fields';
import { useDraft, useFieldErrors } from '../components/form';
import { PagedTable } from '../components/list';
import { ListFile } from '../components/list-file';
import { Empty, Mark, Page, toneOf } from '../components/page';
import { ProblemView } from '../components/problem-view';
import { Select } from '../components/select';
import { ShownOnce, type Once } from '../components/shown-once';
import { useTongue } from '../i18n';
import type { FilterSpec } from '../lib/filters';
import { useFilters, useOrder } from '../lib/hooks';
import { NONE } from '../lib/money';
import { ACCOUNT_STATES, named } from '../lib/names';
import { ROLES } from '../lib/role-names';
import { useMe, useWho } from '../session';
import { useToast } from '../toast';

const SPEC = { state: { kind: 'choice', values: ['asked', 'active', 'closed'] }, role: { kind: 'code' } } satisfies FilterSpec;

export default function Accounts() {
	const { t, lang } = useTongue();
	const me = useMe();
	const { may } = useWho();
	const toast = useToast();
	const client = useQueryClient();
	const { values, set } = useFilters(SPEC);
	const { sort, served } = useOrder('login', '-login', false);
	const query = { state: values.state as Account['state'] | undefined, role: values.role, sort };
	const pages = usePages('accounts', { query });
	const [asking, setAsking] = useState(false);
	const [closing, setClosing] = useState<Account | null>(null);
	const [resetting, setResetting] = useState<Account | null>(null);
	const [moving, setMoving] = useState<Account | null>(null);
	const [once, setOnce] = useState<Once | null>(null);
	const [error, setError] = useState<unknown>(null);
	const again = () => client.invalidateQueries({ queryKey: ['accounts'] });
	const grant = async (a: Account) => {
		setError(null);
		try {
			await call('account_grant', { path: { id: a.id } });
			toast(t(`已授权：${a.name}`, `Granted: ${a.name}`));
			await again();
		} catch (e) {
			setError(e);
		}
	};
	const acts = (a: Account) => (
		<span style={{ display: 'inline-flex', gap: 6, flexWrap: 'wrap' }}>
			{may('grant_account') && a.state === 'asked' && a.asked_by !== me.login && (
				<Button size="small" type="primary" onClick={() => void grant(a)}>
					{t('授权', 'Grant')}
				</Button>
			)}
			{may('grant_account') && a.state === 'active' && (
				<Button size="small" onClick={() => setResetting(a)}>
					{t('重置密码', 'Reset')}
				</Button>
			)}
			{may('grant_account') && a.state === 'active' && (
				<Button size="small" onClick={() => setMoving(a)}>
					{t('调岗', 'Move')}
				</Button>
			)}
			{may('ask_account') && a.state !== 'closed' && a.login !== me.login && (
				<Button size="small" onClick={() => setClosing(a)}>
					{t('停用', 'Close')}
				</Button>
			)}
		</span>
	);
	return (
		<Page
			title={t('账号', 'Accounts')}
			lead={t('系统管理员开户，安全管理员授权后才能用；两人不能是同一个人。', 'The system administrator opens an account, the security administrator grants it; never the same person.')}
			acts={may('ask_account') && <Button type="primary" onClick={() => setAsking(true)}>{t('开户', 'Open an account')}</Button>}
		>
			<ProblemView error={error} />
			<div className="sheet">
				<div className="bar">
					<Choose label={t('状态', 'State')} value={values.state} onChange={(state) => set({ state })} options={namedOptions(ACCOUNT_STATES, lang)} />
					<Choose label={t('角色', 'Role')} value={values.role} onChange={(role) => set({ role })} options={namedOptions(ROLES, lang).filter((o) => !['visitor', 'channel', 'platform'].includes(o.value))} width={180} />
				</div>
				<PagedTable
					name="accounts"
					caption={t('账号', 'Accounts')}
					pages={pages}
					served={served}
					tools={<ListFile list="accounts" query={query} />}
					rowKey={(a) => a.id}
					columns={[
						{ key: 'name', title: t('姓名', 'Name'), fixed: true, card: 'title', by: (a) => a.name, render: (a) => a.name },
						{ key: 'login', title: t('登录名', 'Log-in'), by: (a) => a.login, render: (a) => <span className="mono">{a.login}</span> },
						{ key: 'staff', title: t('工号', 'Staff no.'), render: (a) => a.staff_no },
						{ key: 'role', title: t('角色', 'Role'), by: (a) => a.role, render: (a) => named(ROLES, a.role, lang) },
						{ key: 'area', title: t('辖区、单位', 'Area, unit'), render: (a) => a.division_name ?? a.unit ?? NONE },
						{ key: 'totp', title: t('验证器', 'Second factor'), render: (a) => (a.totp ? t('已绑定', 'set up') : <span className="soft">{t('未绑定', 'not yet')}</span>) },
						{ key: 'asked', title: t('开户人', 'Opened by'), spare: true, render: (a) => a.asked_by ?? NONE },
						{
							key: 'state', title: t('状态', 'State'), card: 'end', by: (a) => a.state,
							render: (a) => <>{<Mark tone={toneOf(a.state)}>{named(ACCOUNT_STATES, a.state, lang)}</Mark>} {a.locked && <Mark tone="bad">{t('已锁定', 'locked')}</Mark>} {a.must_change && a.state === 'active' && <Mark tone="calm">{t('待改密码', 'first password')}</Mark>}</>,
						},
						...(may('grant_account') || may('ask_account') ? [{ key: 'act', title: t('办理', 'Do'), fixed: true, render: acts }] : []),
					]}
					empty={<Empty title={t('没有账号', 'No accounts')}>{values.state || values.role ? t('这些筛选条件下没有。', 'None under these filters.') : t('由系统管理员开户。', 'The system administrator opens accounts.')}</Empty>}
				/>
			</div>
			<Drawer open={asking} onClose={() => setAsking(false)} title={t('开户', 'Open an account')} width="min(460px, 100vw)" destroyOnHidden>
				<AskForm
					onDone={(made) => {
						setAsking(false);
						void again();
						setOnce({ title: t(`已开户：${made.account.name}`, `Opened: ${made.account.name}`), note: t('安全管理员授权后才能登录。初始密码只显示这一次，请当面交给本人，首次登录须修改：', 'It works once granted. The first password is shown this once; hand it over in person; it must be changed at the first log-in:'), secret: made.password });
					}}
				/>
			</Drawer>
			<Drawer open={moving !== null} onClose={() => setMoving(null)} title={t(`调岗：${moving?.name ?? ''}`, `Move ${moving?.name ?? ''}`)} width="min(460px, 100vw)" destroyOnHidden>
				{moving && (
					<MoveForm
						account={moving}
						onDone={() => {
							setMoving(null);
							toast(t('已调岗，其登录已退出', 'Moved; its sessions have ended'));
							void again();
						}}
					/>
				)}
			</Drawer>
			<AskReason
				open={closing !== null}
				title={t(`停用 ${closing?.name ?? ''}`, `Close ${closing?.name ?? ''}`)}
				act={t('停用', 'Close')}
				onCancel={() => setClosing(null)}
				onReason={async (reason) => {
					await call('account_close', { path: { id: closing!.id }, body: { reason } });
					setClosing(null);
					toast(t('已停用，其登录立即失效', 'Closed; its sessions have ended'));
					await again();
				}}
			>
				<p style={{ marginBottom: 12 }}>{t('停用后立即不能登录，不能恢复；再用须重新开户。', 'It cannot log in from now on, for good; a new account would have to be opened.')}</p>
			</AskReason>
			<Reset
				account={resetting}
				onClose={() => setResetting(null)}
				onDone={(password) => {
					const name = resetting?.name ?? '';
					setResetting(null);
					void again();
					setOnce({ title: t(`已重置：${name}`, `Reset: ${name}`), note: t('新的初始密码只显示这一次，请当面交给本人，登录后须修改：', 'The new first password is shown this once; hand it over in person; it must be changed at log-in:'), secret: password });
				}}
			/>
			<ShownOnce once={once} onClose={() => setOnce(null)} />
		</Page>
	);
}

function Reset({ account, onClose, onDone }: { account: Account | null; onClose: () => void; onDone: (password: string) => void }) {
	const { t } = useTongue();
	const [drop, setDrop] = useState(false);
	const [error, setError] = useState<unknown>(null);
	const [busy, setBusy] = useState(false);
	const send = async () => {
		setBusy(true);
		setError(null);
		try {
			onDone((await call('account_reset', { path: { id: account!.id }, body: { drop_totp: drop } })).password);
		} catch (e) {
			setError(e);
		} finally {
			setBusy(false);
		}
	};
	return (
		<Modal open={account !== null} title={t(`重置 ${account?.name ?? ''} 的密码`, `Reset ${account?.name ?? ''}`)} onCancel={onClose} onOk={() => void send()} okText={t('重置', 'Reset')} confirmLoading={busy} afterClose={() => { setError(null); setDrop(false); }} destroyOnHidden width={440}>
			<ProblemView error={error} />
			<p style={{ marginBottom: 10 }}>{t('请先确认是本人。重置后锁定解除，其他登录全部退出。', 'Make sure who is asking. The lock is lifted and all sessions end.')}</p>
			<Checkbox checked={drop} onChange={(e) => setDrop(e.target.checked)}>
				{t('手机丢失或更换：同时解绑验证器', 'Phone lost or replaced: drop the authenticator too')}
			</Checkbox>
		</Modal>
	);
}

/** The town's code of a town or village. */
const townOf = (code: string) => `${code.slice(0, 9)}000`;

/** A division chosen by name, its twelve digits out: a town, or a town and then one of its villages.  It reads the
 * public list, as those who open accounts may read no business data. */
function Place({ village, value, onChange, id }: { village: boolean; value?: string; onChange?: (code: string | undefined) => void; id?: string }) {
	const { t } = useTongue();
	const town = value ? townOf(value) : undefined;
	const towns = useCall('resident_divisions', {}, { staleTime: 5 * 60_000 });
	const villages = useCall('resident_divisions', { query: { town: town ?? '' } }, { enabled: village && town !== undefined, staleTime: 5 * 60_000 });
	const options = (items: Array<{ code: string; name: string }> | undefined) => (items ?? []).map((d) => ({ value: d.code, label: d.name }));
	return (
		<div style={{ display: 'flex', gap: 8 }}>
			<Select id={id} aria-label={t('乡镇', 'Town')} placeholder={t('乡镇', 'Town')} showSearch optionFilterProp="label" value={town} options={options(towns.data?.items)} loading={towns.isPending} onChange={onChange} style={{ flex: 1 }} />
			{village && (
				<Select aria-label={t('村（社区）', 'Village')} placeholder={t('村（社区）', 'Village')} disabled={!town} showSearch optionFilterProp="label" value={value === town ? undefined : value} options={options(villages.data?.items)} loading={villages.isLoading} onChange={onChange} style={{ flex: 1 }} />
			)}
		</div>
	);
}

/** The town, school or channel that a role of that reach needs. */
function PlaceFields({ role }: { role: Role | undefined }) {
	const { t } = useTongue();
	const village = role?.code === 'village_agent';
	return (
		<>
			{role?.reach === 'division' && (
				<Form.Item name="division" label={t('辖区', 'Area')} rules={[{ required: true, message: t('请选辖区', 'Choose the area') }, { validator: (_, code?: string) => (village && code && code === townOf(code) ? Promise.reject(new Error(t('请再选村（社区）', 'Choose the village too'))) : Promise.resolve()) }]}>
					<Place village={village} />
				</Form.Item>
			)}
			{(role?.reach === 'school' || role?.reach === 'channel') && (
				<Form.Item name="unit" label={role.reach === 'school' ? t('学校名称（与名册一致）', 'School, as in the lists') : t('渠道代码', 'Channel code')} rules={[{ required: true, whitespace: true, max: 80, message: t('请填写', 'Enter it') }]}>
					<Input maxLength={80} autoComplete="off" />
				</Form.Item>
			)}
		</>
	);
}

type Move = Operations['account_move']['body'];
const MOVE_NAMES = ['role', 'division', 'unit'] as const;

function MoveForm({ account, onDone }: { account: Account; onDone: () => void }) {
	const { t, lang } = useTongue();
	const roles = useCall('roles', {}, { staleTime: 5 * 60_000 });
	const [form] = Form.useForm<Move>();
	const place = useFieldErrors(form, MOVE_NAMES);
	const [error, setError] = useState<unknown>(null);
	const [busy, setBusy] = useState(false);
	const code = Form.useWatch('role', form);
	const send = async (v: Move) => {
		setBusy(true);
		setError(null);
		try {
			await call('account_move', { path: { id: account.id }, body: { role: v.role, ...(v.division ? { division: v.division } : {}), ...(v.unit ? { unit: v.unit } : {}) } });
			onDone();
		} catch (e) {
			setError(e);
			place(e);
			setBusy(false);
		}
	};
	return (
		<Form form={form} layout="vertical" requiredMark={false} initialValues={{ role: account.role, division: account.division ?? undefined, unit: account.unit ?? undefined }} onFinish={(v) => void send(v)}>
			<ProblemView error={error} without={MOVE_NAMES} />
			<Form.Item name="role" label={t('新角色', 'New role')} rules={[{ required: true, message: t('请选角色', 'Choose') }]}>
				<Select showSearch optionFilterProp="label" options={(roles.data?.roles ?? []).filter((r) => !r.client).map((r) => ({ value: r.code, label: r[lang] }))} loading={roles.isPending} />
			</Form.Item>
			<PlaceFields role={roles.data?.roles.find((r) => r.code === code)} />
			<Button type="primary" htmlType="submit" loading={busy} block>
				{t('调岗', 'Move')}
			</Button>
		</Form>
	);
}

type Ask = Operations['account_ask']['body'];
const NAMES = ['login', 'name', 'staff_no', 'role', 'division', 'unit', 'subject'] as const;

function AskForm({ onDone }: { onDone: (made: Operations['account_ask']['answer']) => void }) {
	const { t, lang } = useTongue();
	const roles = useCall('roles', {}, { staleTime: 5 * 60_000 });
	const [form] = Form.useForm<Ask>();
	const draft = useDraft<Ask>('account');
	const place = useFieldErrors(form, NAMES);
	const [error, setError] = useState<unknown>(null);
	const [busy, setBusy] = useState(false);
	const code = Form.useWatch('role', form);
	const role: Role | undefined = roles.data?.roles.find((r) => r.code === code);
	const send = async (v: Ask) => {
		setBusy(true);
		setError(null);
		try {
			const body = Object.fromEntries(Object.entries(v).filter(([, x]) => x !== undefined && x !== '')) as unknown as Ask;
			const made = await call('account_ask', { body });
			draft.drop();
			onDone(made);
		} catch (e) {
			setError(e);
			place(e);
			setBusy(false);
		}
	};
	return (
		<Form form={form} layout="vertical" requiredMark={false} initialValues={draft.initial} onValuesChange={draft.keep} onFinish={(v) => void send(v)}>
			<ProblemView error={error} without={NAMES} />
			<Form.Item name="name" label={t('姓名', 'Name')} rules={[{ required: true, whitespace: true, max: 50, message: t('请填姓名', 'Enter the name') }]}>
				<Input autoComplete="off" maxLength={50} />
			</Form.Item>
			<Form.Item name="staff_no" label={t('工号', 'Staff number')} extra={t('同一个人不能兼任两种管理员。', 'Nobody may hold two of the administrators’ roles.')} rules={[{ required: true, whitespace: true, max: 32, message: t('请填工号', 'Enter it') }]}>
				<Input autoComplete="off" maxLength={32} />
			</Form.Item>
			<Form.Item name="login" label={t('登录名', 'Log-in')} rules={[{ required: true, pattern: /^[a-z][a-z0-9._-]{2,31}$/, message: t('小写字母开头，3 到 32 位小写字母、数字和 . _ -', 'A small letter first; 3 to 32 of small letters, digits and . _ -') }]}>
				<Input autoComplete="off" maxLength={32} className="mono" autoCapitalize="none" />
			</Form.Item>
			<Form.Item name="role" label={t('角色', 'Role')} rules={[{ required: true, message: t('请选角色', 'Choose') }]}>
				<Select showSearch optionFilterProp="label" options={(roles.data?.roles ?? []).filter((r) => !r.client).map((r) => ({ value: r.code, label: r[lang] }))} loading={roles.isPending} />
			</Form.Item>
			<PlaceFields role={role} />
			<Form.Item name="subject" label={t('统一身份认证标识（没有就不填）', 'Subject at the identity provider (if any)')} rules={[{ max: 200 }]}>
				<Input maxLength={200} autoComplete="off" />
			</Form.Item>
			<Button type="primary" htmlType="submit" loading={busy} block>
				{t('开户', 'Open')}
			</Button>
		</Form>
	);
}
