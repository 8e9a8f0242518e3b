// SPDX-License-Identifier: Apache-2.0
// A list and, beside it, the one that is open; on a phone the open one lies over the list.
import { Drawer } from 'antd';
import { useEffect, useRef, type ReactNode } from 'react';
import { useT } from '../i18n';
import { useMedia } from '../lib/hooks';

export function Split({ list, detail, title, onClose }: { list: ReactNode; detail: ReactNode | null; title: string; onClose: () => void }) {
	const t = useT();
	const narrow = useMedia('(max-width: 1100px)');
	const opened = useRef<HTMLElement>(null);
	const open = detail !== null;
	// Who chose a row by keyboard goes on in what it opened.
	useEffect(() => {
		if (open) opened.current?.focus({ preventScroll: true });
	}, [open, title]);
	if (narrow)
		return (
			<>
				<div className="sheet">{list}</div>
				<Drawer open={detail !== null} onClose={onClose} title={title} width="min(640px, 100vw)" destroyOnHidden>
					{detail}
				</Drawer>
			</>
		);
	return (
		<div className={detail ? 'split open' : 'split'}>
			<div className="sheet">{list}</div>
			{detail && (
				<section className="sheet" aria-label={title} tabIndex={-1} ref={opened}>
					<header>
						<h2>{title}</h2>
						<button type="button" className="linkish end" aria-label={t('关闭', 'Close')} onClick={onClose}>
							✕
						</button>
					</header>
					<div className="in">{detail}</div>
				</section>
			)}
		</div>
	);
}
