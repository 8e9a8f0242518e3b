// SPDX-License-Identifier: Apache-2.0
import { useEffect, type ReactNode } from 'react';
import { useT } from '../i18n';
import { ProblemView } from './problem-view';

interface PageProps {
	title: string;
	lead?: ReactNode;
	acts?: ReactNode;
	children: ReactNode;
}

export function Page({ title, lead, acts, children }: PageProps) {
	const t = useT();
	useEffect(() => {
		document.title = `${title} · ${t('参保', 'canbao')}`;
	}, [title, t]);
	return (
		<>
			<div className="head">
				<h1>{title}</h1>
				{lead && <p className="lead">{lead}</p>}
				{acts && <div className="acts no-print">{acts}</div>}
			</div>
			{children}
		</>
	);
}

export function Sheet({ title, end, children, flush, label }: { title?: ReactNode; end?: ReactNode; children: ReactNode; flush?: boolean; label?: string }) {
	return (
		<section className="sheet" aria-label={label}>
			{title && (
				<header>
					<h2>{title}</h2>
					{end && <div className="end">{end}</div>}
				</header>
			)}
			{flush ? children : <div className="in">{children}</div>}
		</section>
	);
}

export function Empty({ title, children, act }: { title: string; children?: ReactNode; act?: ReactNode }) {
	return (
		<div className="empty">
			<strong>{title}</strong>
			{children && <p>{children}</p>}
			{act}
		</div>
	);
}

export function Waiting({ rows = 5 }: { rows?: number }) {
	const t = useT();
	return (
		<div className="skeleton" role="status">
			<span className="off">{t('正在读取', 'Loading')}</span>
			{Array.from({ length: rows }, (_, i) => (
				<i key={i} style={{ width: `${92 - ((i * 17) % 40)}%` }} />
			))}
		</div>
	);
}

interface Asked<T> {
	data: T | undefined;
	error: Error | null;
	isPending: boolean;
	refetch: () => unknown;
}

/** The four states of something that was asked for: coming, refused, there (and maybe stale). */
export function Read<T>({ query, children, rows }: { query: Asked<T>; children: (data: T) => ReactNode; rows?: number }) {
	const t = useT();
	if (query.data !== undefined) return <>{children(query.data)}</>;
	if (query.error)
		return (
			<div style={{ padding: 16 }}>
				<ProblemView error={query.error} />
				<button type="button" className="linkish" onClick={() => void query.refetch()}>
					{t('再试一次', 'Try again')}
				</button>
			</div>
		);
	return <Waiting rows={rows} />;
}

export type Tone = 'good' | 'wait' | 'bad' | 'calm' | 'info';

export function Mark({ tone, children }: { tone: Tone; children: ReactNode }) {
	return <span className={`mark ${tone}`}>{children}</span>;
}

const TONES: Record<string, Tone> = {
	enrolled: 'good', posted: 'good', paid: 'good', funded: 'good', done: 'good', accepted: 'good', ready: 'good', active: 'good', confirmed: 'good', closed: 'calm',
	open: 'wait', asked: 'wait', suspense: 'wait', queued: 'calm', running: 'info', answered: 'info', approved: 'info',
	refused: 'bad', failed: 'bad', declined: 'bad', rejected: 'bad', withdrawn: 'calm', cancelled: 'calm', none: 'calm', suspended: 'wait', repeated: 'calm',
};

export function toneOf(state: string): Tone {
	return TONES[state] ?? 'calm';
}
