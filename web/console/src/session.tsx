// SPDX-License-Identifier: Apache-2.0
// The session of the page: who, what they may do, and the doors the client knocks at.
import { useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useLocation, useNavigate } from 'react-router-dom';
import { setCsrf, setDoors } from './api/client';
import { useSession } from './api/hooks';
import type { Session } from './api/contract';
import { CodeDialog } from './components/code-dialog';
import { draftsOfOthers } from './lib/draft';

interface Who {
	session: Session | null;
	loading: boolean;
	failed: Error | null;
	/** Of several: any of them. */
	may: (permission: string | readonly string[]) => boolean;
	/** The service said that the log-in is over: what the log-in page then explains. */
	ended: boolean;
}

const Context = createContext<Who | null>(null);

export function SessionFrame({ children }: { children: ReactNode }) {
	const query = useSession();
	const client = useQueryClient();
	const navigate = useNavigate();
	const location = useLocation();
	const here = useRef(location);
	here.current = location;
	const [asking, setAsking] = useState(false);
	const [ended, setEnded] = useState(false);
	const waiting = useRef<Array<(taken: boolean) => void>>([]);

	useEffect(() => {
		setDoors({
			login() {
				if (here.current.pathname === '/login') return;
				// The gate leads to the log-in page: navigating here too would meet a session that still seems to live.
				// Who was never logged in on this page has lost nothing and is told nothing.
				setEnded(Boolean(client.getQueryData(['session'])));
				client.setQueryData(['session'], null);
			},
			mustChange() {
				if (here.current.pathname !== '/password') navigate('/password', { state: { from: here.current.pathname } });
			},
			askCode() {
				setAsking(true);
				return new Promise((done) => waiting.current.push(done));
			},
		});
	}, [client, navigate]);

	const session = query.data ?? null;
	useEffect(() => {
		if (!session) return;
		setEnded(false);
		setCsrf(session.csrf);
		draftsOfOthers(session.login);
	}, [session]);
	// Before the first effect runs a child may already post: it must have the token.
	if (session) setCsrf(session.csrf);

	const value = useMemo<Who>(
		() => ({
			session,
			loading: query.isPending,
			failed: query.error,
			may: (permission) => (typeof permission === 'string' ? [permission] : permission).some((p) => session?.permissions.includes(p)),
			ended,
		}),
		[session, query.isPending, query.error, ended],
	);

	const answer = (taken: boolean) => {
		setAsking(false);
		for (const done of waiting.current.splice(0)) done(taken);
		if (taken) void client.invalidateQueries({ queryKey: ['session'] });
	};
	return (
		<Context.Provider value={value}>
			{children}
			<CodeDialog open={asking} setUp={session?.totp ?? true} onAnswer={answer} />
		</Context.Provider>
	);
}

export function useWho(): Who {
	const who = useContext(Context);
	if (!who) throw new Error('outside <SessionFrame>');
	return who;
}

/** The logged-in session; only inside pages that need one. */
export function useMe(): Session {
	const { session } = useWho();
	if (!session) throw new Error('no session');
	return session;
}
