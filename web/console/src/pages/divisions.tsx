// SPDX-License-Identifier: Apache-2.0
// 区划网格 the divisions of my area and who answers for each (SQ-34, SN-25).
import { useQueryClient } from '@tanstack/react-query';
import { Button, Drawer, Form, Input } from 'antd';
import { useState } from 'react';
import { call } from '../api/client';
import type { Division, Operations } from '../api/contract';
import { useCall } from '../api/hooks';
import { useDraft, useFieldErrors } from '../components/form';
import { namedOptions } from '../components/fields';
import { ListFile } from '../components/list-file';
import { Empty, Page, Read } from '../components/page';
import { ProblemView } from '../components/problem-view';
import { Select } from '../components/select';
import { Table } from '../components/table';
import { useTongue } from '../i18n';
import type { FilterSpec } from '../lib/filters';
import { useFilters } from '../lib/hooks';
import { count, NONE } from '../lib/money';
import { DUTIES, named } from '../lib/names';
import { useWho } from '../session';
import { useToast } from '../toast';

const SPEC = { parent: { kind: 'division' } } satisfies FilterSpec;

export default function Divisions() {
	const { t } = useTongue();
	const { values, set } = useFilters(SPEC);
	const top = useCall('divisions', { query: {} }, { staleTime: 60_000 });
	const parent = top.data?.items.find((d) => d.code === values.parent);
	const under = useCall('divisions', { query: { parent: values.parent } }, { enabled: Boolean(values.parent) });
	return (
		<Page title={t('区划网格', 'Divisions and grid')} lead={t('每个乡镇、村由谁负责。', 'Who answers for each town and village.')}>
			<div className="sheet">
				{values.parent && (
					<div className="bar">
						<button type="button" className="linkish" onClick={() => set({ parent: null })}>
							{t('全部乡镇', 'All towns')}
						</button>
						<span>
							/ <b>{parent?.name ?? values.parent}</b>
						</span>
					</div>
				)}
				<Read query={values.parent ? under : top}>
					{({ items }) => {
						const towns = items.filter((d) => d.level !== 'village');
						// An area of villages only (a village agent's) is shown as it is.
						const rows = values.parent ? items.filter((d) => d.code !== values.parent) : towns.length > 0 ? towns : items;
						return <List rows={rows} parent={values.parent} onOpen={(parentCode) => set({ parent: parentCode })} />;
					}}
				</Read>
			</div>
		</Page>
	);
}

function List({ rows, parent, onOpen }: { rows: Division[]; parent: string | undefined; onOpen: (code: string) => void }) {
	const { t, lang } = useTongue();
	const { may } = useWho();
	const [naming, setNaming] = useState<Division | null>(null);
	const staff = (d: Division, duty: string) => {
		const who = d.grid.filter((g) => g.duty === duty);
		return who.length === 0 ? <span className="soft">{t('未指定', 'nobody')}</span> : who.map((g) => (
			<span key={g.name} style={{ display: 'block' }}>
				{g.name} {g.phone && (g.phone.includes('*') ? <span className="soft mono">{g.phone}</span> : <a className="mono" href={`tel:${g.phone}`}>{g.phone}</a>)}
			</span>
		));
	};
	return (
		<>
			<Table
				name="divisions"
				caption={t('区划和网格员', 'Divisions and grid staff')}
				rows={rows}
				tools={<ListFile list="divisions" query={{ parent }} />}
				rowKey={(d) => d.code}
				empty={<Empty title={t('没有区划', 'No divisions')}>{t('请在“导入”页导入区划文件。', 'Import the divisions file.')}</Empty>}
				columns={[
					{ key: 'name', title: t('名称', 'Name'), fixed: true, card: 'title', by: (d) => d.name, render: (d) => (d.level === 'town' ? <button type="button" className="linkish" onClick={() => onOpen(d.code)}>{d.name}</button> : d.name) },
					{ key: 'code', title: t('编码', 'Code'), by: (d) => d.code, render: (d) => <span className="mono">{d.code}</span> },
					{ key: 'people', title: t('户籍人口', 'Registered'), right: true, by: (d) => d.people, render: (d) => count(d.people) },
					{ key: 'officer', title: t('负责人', 'In charge'), render: (d) => d.officer ?? NONE },
					...Object.keys(DUTIES).map((duty) => ({ key: duty, title: named(DUTIES, duty, lang), render: (d: Division) => staff(d, duty) })),
					...(may('manage_grid') ? [{ key: 'act', title: t('办理', 'Do'), fixed: true, render: (d: Division) => (d.level === 'county' ? NONE : <Button size="small" onClick={() => setNaming(d)}>{t('指定', 'Name')}</Button>) }] : []),
				]}
			/>
			<Drawer open={naming !== null} onClose={() => setNaming(null)} title={naming?.name} width="min(420px, 100vw)" destroyOnHidden>
				{naming && <NameForm division={naming} onDone={() => setNaming(null)} />}
			</Drawer>
		</>
	);
}

type Typed = Operations['grid_put']['body'];
const NAMES = ['duty', 'name', 'phone'] as const;

function NameForm({ division, onDone }: { division: Division; onDone: () => void }) {
	const { t, lang } = useTongue();
	const toast = useToast();
	const client = useQueryClient();
	const [form] = Form.useForm<Typed>();
	const draft = useDraft<Typed>(`grid.${division.code}`);
	const place = useFieldErrors(form, NAMES);
	const [error, setError] = useState<unknown>(null);
	const [busy, setBusy] = useState(false);
	const send = async (v: Typed) => {
		setBusy(true);
		setError(null);
		try {
			const phone = v.phone?.trim();
			await call('grid_put', { path: { id: Number(division.code) }, body: { duty: v.duty, name: v.name.trim(), ...(phone ? { phone } : {}) } });
			draft.drop();
			await client.invalidateQueries({ queryKey: ['divisions'] });
			toast(t(`已指定：${division.name} ${v.name}`, `Named: ${division.name} ${v.name}`));
			onDone();
		} catch (e) {
			setError(e);
			place(e);
			setBusy(false);
		}
	};
	return (
		<Form form={form} layout="vertical" requiredMark={false} initialValues={{ duty: 'insurance', ...draft.initial }} onValuesChange={draft.keep} onFinish={(v) => void send(v)}>
			<ProblemView error={error} without={NAMES} />
			<Form.Item name="duty" label={t('职责', 'Duty')} rules={[{ required: true }]}>
				<Select options={namedOptions(DUTIES, lang)} />
			</Form.Item>
			<Form.Item name="name" label={t('姓名', 'Name')} rules={[{ required: true, whitespace: true, max: 50, message: t('请填姓名', 'Enter the name') }]}>
				<Input maxLength={50} autoComplete="off" />
			</Form.Item>
			<Form.Item name="phone" label={t('电话（可不填）', 'Phone (optional)')} rules={[{ pattern: /^[0-9+\- ]{5,20}$/, message: t('请填 5 到 20 位号码', '5 to 20 digits') }]}>
				<Input maxLength={20} inputMode="tel" autoComplete="off" />
			</Form.Item>
			<Button type="primary" htmlType="submit" loading={busy} block>
				{t('保存', 'Save')}
			</Button>
		</Form>
	);
}
