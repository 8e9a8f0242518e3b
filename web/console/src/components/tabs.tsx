// SPDX-License-Identifier: Apache-2.0
// Tabs after the ARIA pattern: one stop of the keyboard, arrows move; they wrap on a phone instead
// of hiding behind a "more" button.
import { useId, type KeyboardEvent, type ReactNode } from 'react';

interface Tab {
	key: string;
	label: string;
	children: ReactNode;
}

export function Tabs({ items, active, onChange, label }: { items: Tab[]; active: string; onChange: (key: string) => void; label: string }) {
	const id = useId();
	const at = Math.max(0, items.findIndex((i) => i.key === active));
	const shown = items[at]!;
	const move = (e: KeyboardEvent<HTMLElement>) => {
		const step = { ArrowRight: 1, ArrowLeft: -1, Home: -at, End: items.length - 1 - at }[e.key];
		if (step === undefined) return;
		e.preventDefault();
		const next = items[(at + step + items.length) % items.length]!;
		onChange(next.key);
		document.getElementById(`${id}-${next.key}`)?.focus();
	};
	return (
		<>
			<div role="tablist" aria-label={label} className="tabs no-print" onKeyDown={move}>
				{items.map((item) => (
					<button
						key={item.key}
						id={`${id}-${item.key}`}
						type="button"
						role="tab"
						aria-selected={item === shown}
						aria-controls={item === shown ? `${id}-panel` : undefined}
						tabIndex={item === shown ? 0 : -1}
						onClick={() => onChange(item.key)}
					>
						{item.label}
					</button>
				))}
			</div>
			<div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${shown.key}`} key={shown.key}>
				{shown.children}
			</div>
		</>
	);
}
