// SPDX-License-Identifier: Apache-2.0
// A list and, beside it, the one that is open; on a phone the open one lies over the list.
import { Drawer } from 'antd';
import type { ReactNode } from 'react';
import { useMedia } from '../lib/hooks';

export function Split({ list, detail, title, onClose }: { list: ReactNode; detail: ReactNode | null; title: string; onClose: () => void }) {
	const narrow = useMedia('(max-width: 1100px)');
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
				<section className="sheet" aria-label={title}>
					<header>
						<h2>{title}</h2>
						<button type="button" className="linkish end" onClick={onClose}>
							✕
						</button>
					</header>
					<div className="in">{detail}</div>
				</section>
			)}
		</div>
	);
}
