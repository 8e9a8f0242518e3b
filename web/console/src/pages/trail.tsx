// SPDX-License-Identifier: Apache-2.0
// 操作日志 the audit trail: who did what.  Nothing personal is in it.
import { Input } from 'antd';
import { useState } from 'react';
import { usePages, useSeason } from '../api/hooks';
import { Choose, Day, namedOptions } from '../components/fields';
import { PagedTable } from '../components/list';
import { ListFile } from '../components/list-file';
import { Empty, Page } from '../components/page';
import { useTongue } from '../i18n';
import type { FilterSpec } from '../lib/filters';
import { useFilters, useOrder } from '../lib/hooks';
import { NONE } from '../lib/money';
import { ACTS, named } from '../lib/names';

const SPEC = { act: { kind: 'code' }, actor: { kind: 'code' }, from: { kind: 'day' }, to: { kind: 'day' } } satisfies FilterSpec;

export default function Trail() {
	const { t, lang } = useTongue();
	const { values, set, any } = useFilters(SPEC);
	const today = useSeason().data?.today;
	const { sort, served } = useOrder('at', 'time', true);
	const query = { ...values, sort };
	const pages = usePages('trail', { query });
	return (
		<Page title={t('操作日志', 'Audit trail')} lead={t('谁在什么时候做了什么；日志里没有个人信息，也改不了。', 'Who did what and when. It holds nothing personal and cannot be changed.')}>
			<div className="sheet">
				<div className="bar">
					<Word label={t('账号', 'Account')} value={values.actor} onChange={(actor) => set({ actor })} />
					<Choose label={t('操作', 'Act')} value={values.act} onChange={(act) => set({ act })} options={namedOptions(ACTS, lang)} width={190} />
					<Day label={t('从', 'From')} value={values.from} onChange={(from) => set({ from })} max={values.to ?? today} />
					<Day label={t('到', 'To')} value={values.to} onChange={(to) => set({ to })} min={values.from} />
					{any && (
						<button type="button" className="linkish" onClick={() => set({ act: null, actor: null, from: null, to: null })}>
							{t('清除筛选', 'Clear')}
						</button>
					)}
				</div>
				<PagedTable
					name="trail"
					caption={t('操作日志', 'The audit trail')}
					pages={pages}
					served={served}
					tools={<ListFile list="trail" query={query} />}
					rowKey={(l) => l.id}
					columns={[
						{ key: 'at', title: t('时间', 'When'), fixed: true, card: 'title', by: (l) => l.at, render: (l) => <span className="num">{l.at.slice(0, 19).replace('T', ' ')}</span> },
						{ key: 'actor', title: t('账号', 'Account'), by: (l) => l.actor, render: (l) => <span className="mono">{l.actor}</span> },
						{ key: 'behalf', title: t('代谁', 'On behalf of'), spare: true, render: (l) => l.on_behalf ?? NONE },
						{ key: 'act', title: t('操作', 'Act'), by: (l) => l.act, render: (l) => <span title={l.act}>{named(ACTS, l.act, lang)}</span> },
						{ key: 'subject', title: t('对象', 'Subject'), render: (l) => l.subject ?? NONE },
						{ key: 'reason', title: t('事由', 'Reason'), render: (l) => <span className="reason">{l.reason ?? NONE}</span> },
						{ key: 'detail', title: t('详情', 'Detail'), card: 'none', render: (l) => (l.detail ? <span className="mono small detail">{Object.entries(l.detail).map(([k, v]) => `${k}=${typeof v === 'object' ? JSON.stringify(v) : String(v)}`).join('  ')}</span> : NONE) },
						{ key: 'id', title: t('序号', 'No.'), spare: true, render: (l) => l.id },
					]}
					empty={<Empty title={t('没有记录', 'No entries')}>{any ? t('这些筛选条件下没有。', 'None under these filters.') : t('还没有人操作过。', 'Nobody has done anything yet.')}</Empty>}
				/>
			</div>
		</Page>
	);
}

function Word({ label, value, onChange }: { label: string; value: string | undefined; onChange: (value: string | undefined) => void }) {
	const [text, setText] = useState(value ?? '');
	return (
		<label>
			{label}
			<Input value={text} maxLength={40} allowClear autoComplete="off" autoCapitalize="none" style={{ width: 170 }} onChange={(e) => { setText(e.target.value); if (!e.target.value) onChange(undefined); }} onBlur={() => onChange(text.trim() || undefined)} onPressEnter={() => onChange(text.trim() || undefined)} />
		</label>
	);
}
