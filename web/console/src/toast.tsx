// SPDX-License-Identifier: Apache-2.0
// Short words that something was done, seen and heard (aria-live), gone after a while.
import { createContext, useCallback, useContext, useRef, useState, type ReactNode } from 'react';

const Context = createContext<(text: string) => void>(() => undefined);

export function Toasts({ children }: { children: ReactNode }) {
	const [text, setText] = useState('');
	const timer = useRef<ReturnType<typeof setTimeout>>();
	const say = useCallback((next: string) => {
		clearTimeout(timer.current);
		setText(next);
		timer.current = setTimeout(() => setText(''), 6000);
	}, []);
	return (
		<Context.Provider value={say}>
			{children}
			<div className="toasts" role="status" aria-live="polite">
				{text && <p className="toast">{text}</p>}
			</div>
		</Context.Provider>
	);
}

export function useToast(): (text: string) => void {
	return useContext(Context);
}
