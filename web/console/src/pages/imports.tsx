// SPDX-License-Identifier: Apache-2.0
// 导入 take a list in: give the file, look at what was understood, say whose list it is, follow it,
// mend what comes back.
import { useSearchParams } from 'react-router-dom';
import { usePages } from '../api/hooks';
import type { ImportKind } from '../api/contract';
import { Choose, namedOptions } from '../components/fields';
import { JobView } from '../components/job-view';
import { PagedTable } from '../components/list';
import { ListFile } from '../components/list-file';
import { Empty, Mark, Page, Sheet } from '../components/page';
import { useTongue } from '../i18n';
import { moment } from '../lib/day';
import type { FilterSpec } from '../lib/filters';
import { useFilters, useOrder } from '../lib/hooks';
import { count, NONE } from '../lib/money';
import { DEPARTMENTS, IMPORT_KINDS, named } from '../lib/names';
import { useWho } from '../session';
import { Drop } from './import-parts/drop';
import { KINDS_MAY } from './import-parts/kinds';
import { PreviewStep } from './import-parts/preview';

const SPEC = { kind: { kind: 'choice', values: Object.keys(IMPORT_KINDS) } } satisfies FilterSpec;

function positive(text: string | null): number | null {
	return text && /^[1-9][0-9]{0,14}$/.test(text) ? Number(text) : null;
}

export default function Imports() {
	const { t } = useTongue();
	const { may } = useWho();
	const [params, setParams] = useSearchParams();
	const upload = positive(params.get('upload'));
	const job = positive(params.get('job'));
	const as = params.get('as') as ImportKind | null;
	const kinds = (Object.keys(KINDS_MAY) as ImportKind[]).filter((k) => may(KINDS_MAY[k]));
	return (
		<Page title={t('导入', 'Imports')} lead={t('好的行进库，有问题的行退给您改；同一个文件不会导入两次。', 'Good rows go in, bad rows come back to you; the same file is never taken in twice.')}>
			{job && (
				<Sheet title={t('本次导入', 'This import')} end={<button type="button" className="linkish" onClick={() => setParams({})}>{t('再导入一个', 'Another file')}</button>}>
					<JobView id={job} />
				</Sheet>
			)}
			{upload && as ? (
				<PreviewStep key={upload} upload={upload} kind={as} kinds={kinds} onKind={(kind) => setParams({ upload: String(upload), as: kind }, { replace: true })} onBegun={(id) => setParams({ job: String(id) })} onAway={() => setParams({})} />
			) : (
				kinds.length > 0 && <Drop kinds={kinds} small={job !== null} onPreview={(p, kind) => setParams({ upload: String(p.upload), as: kind })} />
			)}
			{!upload && <Past />}
		</Page>
	);
}

/** How much of a finished file went in: what came back is the sender's to mend. */
function Taken({ file }: { file: { rows: number; rejected: number } }) {
	const { t } = useTongue();
	if (file.rejected === 0) return <Mark tone="good">{t('全部导入', 'all in')}</Mark>;
	return file.rejected < file.rows ? <Mark tone="wait">{t('部分退回', 'some came back')}</Mark> : <Mark tone="bad">{t('全部退回', 'all came back')}</Mark>;
}

function Past() {
	const { t, lang } = useTongue();
	const { values, set } = useFilters(SPEC);
	const { sort, served } = useOrder('at', 'time', true);
	const query = { kind: values.kind as ImportKind | undefined, sort };
	const pages = usePages('imports', { query });
	return (
		<Sheet title={t('导入过的文件', 'Files taken in')} flush>
			<div className="bar">
				<Choose label={t('种类', 'Kind')} value={values.kind} onChange={(kind) => set({ kind })} options={namedOptions(IMPORT_KINDS, lang)} />
			</div>
			<PagedTable
				name="imports"
				caption={t('导入过的文件', 'Files taken in')}
				pages={pages}
				served={served}
				tools={<ListFile list="imports" query={query} />}
				rowKey={(f) => f.id}
				columns={[
					{ key: 'name', title: t('文件', 'File'), fixed: true, card: 'title', by: (f) => f.name, render: (f) => f.name },
					{ key: 'state', title: t('状态', 'State'), card: 'end', render: (f) => (f.state === 'complete' ? <Taken file={f} /> : f.state === 'open' ? <Mark tone="info">{t('进行中', 'running')}</Mark> : <Mark tone="wait">{t('中途停止', 'stopped half-way')}</Mark>) },
					{ key: 'kind', title: t('种类', 'Kind'), by: (f) => f.kind, render: (f) => named(IMPORT_KINDS, f.kind, lang) },
					{ key: 'department', title: t('部门', 'Department'), render: (f) => (f.department ? named(DEPARTMENTS, f.department, lang) : NONE) },
					{ key: 'as_of', title: t('名单日期', 'As of'), by: (f) => f.as_of, render: (f) => <span className="num">{f.as_of}</span> },
					{ key: 'rows', title: t('行数', 'Rows'), right: true, by: (f) => f.rows, render: (f) => count(f.rows) },
					{ key: 'accepted', title: t('进库', 'Taken in'), right: true, by: (f) => f.accepted, render: (f) => count(f.accepted) },
					{ key: 'unchanged', title: t('无变化', 'Unchanged'), right: true, card: 'none', render: (f) => count(f.unchanged) },
					{ key: 'rejected', title: t('退回', 'Came back'), right: true, by: (f) => f.rejected, render: (f) => (f.rejected > 0 ? <b style={{ color: 'var(--red)' }}>{count(f.rejected)}</b> : '0') },
					{ key: 'actor', title: t('送件', 'Sent by'), render: (f) => f.actor },
					{ key: 'at', title: t('时间', 'When'), by: (f) => f.at, render: (f) => <span className="num">{moment(f.at)}</span> },
				]}
				empty={<Empty title={t('还没有导入过文件', 'No file yet')}>{values.kind ? t('这个种类还没有。', 'None of this kind.') : t('先区划、居民，再困难群众、学生、参保情况，然后就可以核定。', 'First divisions and residents, then category lists, students and cover; then assess.')}</Empty>}
			/>
		</Sheet>
	);
}
