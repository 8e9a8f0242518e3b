// SPDX-License-Identifier: Apache-2.0
// A list that names no insured person, as a file: as it is filtered and sorted, without pages.
import { Button } from 'antd';
import { useState } from 'react';
import { download, type Args } from '../api/client';
import { useT } from '../i18n';
import { ProblemView } from './problem-view';

type Listed = 'trail' | 'accounts' | 'imports' | 'divisions';

export function ListFile<K extends Listed>({ list, query }: { list: K; query: Args<K>['query'] }) {
	const t = useT();
	const [error, setError] = useState<unknown>(null);
	const fetchAs = async (format: 'csv' | 'xlsx') => {
		setError(null);
		try {
			await download(list, { query: { ...query, format } } as unknown as Args<K>, `${list}.${format}`);
		} catch (e) {
			setError(e);
		}
	};
	return (
		<>
			<ProblemView error={error} />
			<Button size="small" onClick={() => void fetchAs('xlsx')}>
				{t('存为 XLSX', 'XLSX')}
			</Button>
			<Button size="small" onClick={() => void fetchAs('csv')}>
				{t('存为 CSV', 'CSV')}
			</Button>
		</>
	);
}
