// SPDX-License-Identifier: Apache-2.0
// Pages are fetched when they are first opened: when that fails, a way on instead of a blank screen.
import { Button } from 'antd';
import { Component, type ReactNode } from 'react';
import { useT } from '../i18n';

function Failed() {
	const t = useT();
	return (
		<div className="sheet">
			<div className="empty" role="alert">
				<strong>{t('页面没有打开', 'The page did not open')}</strong>
				<p>{t('网络不通，或系统刚刚更新过。请检查网络后重试。', 'The network is away, or the system was just renewed. Check the network and try again.')}</p>
				<Button type="primary" onClick={() => window.location.reload()}>
					{t('重试', 'Try again')}
				</Button>
			</div>
		</div>
	);
}

export class Fetched extends Component<{ children: ReactNode }, { failed: boolean }> {
	override state = { failed: false };

	static getDerivedStateFromError() {
		return { failed: true };
	}

	override render() {
		return this.state.failed ? <Failed /> : this.props.children;
	}
}
