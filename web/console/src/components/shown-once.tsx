// SPDX-License-Identifier: Apache-2.0
// A first password or a key, shown this once: copy it, hand it over, close.
import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useT } from '../i18n';

export interface Once {
	title: string;
	note: string;
	secret: string;
}

export function ShownOnce({ once, onClose }: { once: Once | null; onClose: () => void }) {
	const t = useT();
	const [copied, setCopied] = useState(false);
	const copy = async () => {
		try {
			await navigator.clipboard.writeText(once!.secret);
			setCopied(true);
		} catch {
			// Without https a page may not write to the clipboard; the text can be marked by hand.
			setCopied(false);
		}
	};
	const close = () => {
		setCopied(false);
		onClose();
	};
	return (
		<Modal open={once !== null} title={once?.title} closable={false} maskClosable={false} keyboard={false} footer={<Button type="primary" onClick={close}>{t('已记下，关闭', 'I have it, close')}</Button>} width={520}>
			<p>{once?.note}</p>
			<p className="mono secret" tabIndex={0}>
				{once?.secret}
			</p>
			<Button size="small" onClick={() => void copy()}>
				{copied ? t('已复制', 'Copied') : t('复制', 'Copy')}
			</Button>
		</Modal>
	);
}
