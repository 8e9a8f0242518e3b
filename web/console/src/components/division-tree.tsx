// SPDX-License-Identifier: Apache-2.0
// County → town → village.  On a phone two lists to choose from, elsewhere a tree.
import { useState } from 'react';
import type { Division } from '../api/contract';
import { useCall } from '../api/hooks';
import { useTongue } from '../i18n';
import { useMedia } from '../lib/hooks';
import { Choose } from './fields';
import { Empty, Read } from './page';

interface Props {
	town: string | undefined;
	village: string | undefined;
	onVillage: (code: string, town: string, name: string) => void;
}

/** Towns of this account's area; a town's own account sees its town. */
export function townsOf(items: Division[]): Division[] {
	return items.filter((d) => d.level === 'town');
}

export function useVillages(town: string | undefined, all: Division[]) {
	const here = all.filter((d) => d.level === 'village' && d.parent === town);
	const query = useCall('divisions', { query: { parent: town ?? '' } }, { enabled: Boolean(town) && here.length === 0, staleTime: 5 * 60_000 });
	return here.length > 0 ? { villages: here, pending: false } : { villages: (query.data?.items ?? []).filter((d) => d.level === 'village'), pending: query.isPending && Boolean(town) };
}

export function DivisionTree(props: Props) {
	const { t } = useTongue();
	const all = useCall('divisions', { query: {} }, { staleTime: 5 * 60_000 });
	const narrow = useMedia('(max-width: 900px)');
	return (
		<Read query={all}>
			{({ items }) =>
				items.length === 0 ? (
					<Empty title={t('没有区划', 'No divisions')}>{t('请先导入区划。', 'Import the divisions first.')}</Empty>
				) : narrow ? (
					<TwoLists {...props} items={items} />
				) : (
					<Tree {...props} items={items} />
				)
			}
		</Read>
	);
}

function TwoLists({ items, town, village, onVillage }: Props & { items: Division[] }) {
	const { t } = useTongue();
	const towns = townsOf(items);
	const [chosen, setChosen] = useState(town ?? (towns.length === 1 ? towns[0]!.code : undefined));
	const { villages } = useVillages(chosen, items);
	return (
		<div className="bar" style={{ borderBottom: 0 }}>
			<Choose label={t('乡镇', 'Town')} value={chosen} onChange={setChosen} all="" options={towns.map((d) => ({ value: d.code, label: d.name }))} />
			<Choose
				label={t('村（社区）', 'Village')}
				value={villages.some((v) => v.code === village) ? village : undefined}
				onChange={(code) => {
					const v = villages.find((d) => d.code === code);
					if (v && chosen) onVillage(v.code, chosen, v.name);
				}}
				all=""
				options={villages.map((d) => ({ value: d.code, label: d.name }))}
			/>
		</div>
	);
}

function Tree({ items, town, village, onVillage }: Props & { items: Division[] }) {
	const { t } = useTongue();
	const towns = townsOf(items);
	const [open, setOpen] = useState(town ?? (towns.length === 1 ? towns[0]!.code : undefined));
	return (
		<nav aria-label={t('乡镇和村', 'Towns and villages')}>
			<ul className="tree">
				{towns.map((d) => (
					<li key={d.code}>
						<button type="button" aria-expanded={open === d.code} onClick={() => setOpen(open === d.code ? undefined : d.code)}>
							<span aria-hidden="true">{open === d.code ? '▾' : '▸'}</span> {d.name}
						</button>
						{open === d.code && <Villages town={d} items={items} village={village} onVillage={onVillage} />}
					</li>
				))}
			</ul>
		</nav>
	);
}

function Villages({ town, items, village, onVillage }: { town: Division; items: Division[]; village: string | undefined; onVillage: Props['onVillage'] }) {
	const { t } = useTongue();
	const { villages, pending } = useVillages(town.code, items);
	if (pending) return <p className="soft small" style={{ padding: '2px 18px' }}>…</p>;
	if (villages.length === 0) return <p className="soft small" style={{ padding: '2px 34px' }}>{t('没有村', 'no villages')}</p>;
	return (
		<ul>
			{villages.map((v) => (
				<li key={v.code}>
					<button type="button" aria-current={v.code === village ? 'true' : undefined} onClick={() => onVillage(v.code, town.code, v.name)}>
						{v.name}
					</button>
				</li>
			))}
		</ul>
	);
}
