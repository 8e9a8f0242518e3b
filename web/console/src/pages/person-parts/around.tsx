// SPDX-License-Identifier: Apache-2.0
import { Link } from 'react-router-dom';
import type { Person } from '../../api/contract';
import { useCall, usePages } from '../../api/hooks';
import { Evidence } from '../../components/evidence';
import { Empty, Mark, Read } from '../../components/page';
import { MoreRows, Table } from '../../components/table';
import { useTongue } from '../../i18n';
import { moment } from '../../lib/day';
import { NONE } from '../../lib/money';
import { LOOKS, named } from '../../lib/names';
import { ROLES } from '../../lib/role-names';

export function Members({ members }: { members: Person['members'] }) {
	const { t } = useTongue();
	return (
		<ul className="members">
			{members.length === 0 && (
				<li className="soft">{t('同一户号下没有其他人。户号来自户籍名册，不对的请在名册里更正后重新导入。', 'Nobody else in this household. Households come from the register; corrections are made there and imported again.')}</li>
			)}
			{members.map((m) => (
				<li key={m.id}>
					<Link to={`/people/${m.id}`}>{m.name}</Link>
					<span className="soft num">
						{m.relation ?? NONE} {m.birth}
					</span>
					{m.died ? <Mark tone="calm">{t('已死亡', 'died')}</Mark> : m.enrolled ? <Mark tone="good">{t('已参保', 'enrolled')}</Mark> : <Mark tone="wait">{t('未参保', 'not enrolled')}</Mark>}
				</li>
			))}
		</ul>
	);
}

const FIELDS: Record<string, { zh: string; en: string }> = {
	name: { zh: '姓名', en: 'name' },
	sex: { zh: '性别', en: 'sex' },
	birth: { zh: '出生日期', en: 'birth' },
	nation: { zh: '民族', en: 'nation' },
	phone: { zh: '联系电话', en: 'phone' },
	household: { zh: '户号', en: 'household' },
	relation: { zh: '与户主关系', en: 'relation' },
	town: { zh: '乡镇', en: 'town' },
	village: { zh: '村', en: 'village' },
	registered: { zh: '户籍', en: 'registered' },
	resident: { zh: '常住', en: 'living here' },
	died_on: { zh: '死亡日期', en: 'died on' },
	document: { zh: '证件', en: 'document' },
};

export function Changes({ changes }: { changes: Person['changes'] }) {
	const { t, lang } = useTongue();
	return (
		<Table
			name="changes"
			caption={t('变更记录', 'Changes')}
			rows={changes}
			rowKey={(c) => `${c.at}${c.field}${c.became}`}
			empty={<Empty title={t('没有变更', 'No change')}>{t('从导入到现在，这份档案没有改过。', 'This record has not changed since it was imported.')}</Empty>}
			columns={[
				{ key: 'at', title: t('时间', 'When'), fixed: true, card: 'title', by: (c) => c.at, render: (c) => <span className="num">{moment(c.at)}</span> },
				{ key: 'field', title: t('项目', 'Field'), render: (c) => named(FIELDS, c.field, lang) },
				{ key: 'was', title: t('原来', 'Was'), render: (c) => c.was ?? NONE },
				{ key: 'became', title: t('改为', 'Became'), render: (c) => c.became ?? NONE },
				{ key: 'actor', title: t('经办', 'By'), render: (c) => c.actor },
			]}
		/>
	);
}

export function Looks({ id }: { id: number }) {
	const { t, lang } = useTongue();
	const looks = usePages('person_looks', { path: { id } });
	return (
		<Read query={{ ...looks, data: looks.rows }}>
			{(rows) => (
				<Table
					name="looks"
					caption={t('查询记录', 'Who looked')}
					rows={rows}
					rowKey={(l) => rows.indexOf(l)}
					partial={looks.hasNextPage}
					foot={<MoreRows pages={{ ...looks, rows }} />}
					empty={<Empty title={t('没有查询记录', 'Nobody looked')} />}
					columns={[
						{ key: 'at', title: t('时间', 'When'), fixed: true, card: 'title', by: (l) => l.at, render: (l) => <span className="num">{moment(l.at)}</span> },
						{ key: 'office', title: t('部门', 'Office'), render: (l) => named(ROLES, l.office, lang) },
						{ key: 'actor', title: t('账号', 'Account'), render: (l) => (l.office === 'visitor' ? NONE : l.actor) },
						{ key: 'what', title: t('看了什么', 'What'), render: (l) => named(LOOKS, l.what, lang) },
						{ key: 'reason', title: t('事由', 'Reason'), render: (l) => l.reason ?? NONE },
					]}
				/>
			)}
		</Read>
	);
}

export function PersonEvidence({ id }: { id: number }) {
	const { t } = useTongue();
	const papers = useCall('person_evidence', { path: { id } });
	return (
		<div style={{ padding: 16 }}>
			<Read query={papers}>
				{({ items }) =>
					items.length === 0 ? <Empty title={t('没有佐证材料', 'No paper was filed')}>{t('居民办理新生儿或新参保登记时上传的材料会放在这里。', 'Papers uploaded with a registration are kept here.')}</Empty> : <Evidence items={items} />
				}
			</Read>
		</div>
	);
}
