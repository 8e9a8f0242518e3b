// SPDX-License-Identifier: Apache-2.0
// Following a job: server-sent events while they come, polling when they do not.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { addressOf } from '../api/client';
import type { Job } from '../api/contract';
import { keyOf, useCall } from '../api/hooks';

const POLL = 2000;

export function isOver(job: Pick<Job, 'state'>): boolean {
	return job.state === 'done' || job.state === 'failed' || job.state === 'cancelled';
}

export function useJob(id: number | null) {
	const client = useQueryClient();
	const [polling, setPolling] = useState(false);
	const job = useCall(
		'job_read',
		{ path: { id: id ?? 0 } },
		{
			enabled: id !== null,
			refetchInterval: (query) => (polling && query.state.data && !isOver(query.state.data) ? POLL : false),
		},
	);
	const over = job.data ? isOver(job.data) : false;
	const known = job.data !== undefined;
	useEffect(() => {
		// First what it was, then how it goes on: a read that came in after the last event would undo it.
		if (id === null || over || !known) return;
		if (typeof EventSource === 'undefined') {
			setPolling(true);
			return;
		}
		const source = new EventSource(addressOf('job_events', { path: { id } }));
		source.addEventListener('progress', (e) => {
			const seen = JSON.parse((e as MessageEvent<string>).data) as Job;
			const queryKey = keyOf('job_read', { path: { id } });
			if (isOver(seen)) source.close();
			void client.cancelQueries({ queryKey }).then(() => client.setQueryData(queryKey, seen));
		});
		// An office's proxy may swallow event streams; then it is asked for every two seconds.
		source.onerror = () => {
			source.close();
			setPolling(true);
			void client.invalidateQueries({ queryKey: keyOf('job_read', { path: { id } }) });
		};
		return () => source.close();
	}, [id, over, known, client]);
	useEffect(() => {
		// An import or an assessment changes what every other page shows.
		if (over) void client.invalidateQueries({ predicate: (q) => q.queryKey[0] !== 'session' && q.queryKey[0] !== 'job_read' });
	}, [over, client]);
	return job;
}
