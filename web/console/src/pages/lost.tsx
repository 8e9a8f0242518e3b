// SPDX-License-Identifier: Apache-2.0
import { Link } from 'react-router-dom';
import { Empty, Page } from '../components/page';
import { useT } from '../i18n';

export default function Lost() {
	const t = useT();
	return (
		<Page title={t('没有这一页', 'No such page')}>
			<div className="sheet">
				<Empty title={t('链接有误，或页面已移走', 'The link is wrong, or the page has moved')}>
					<Link to="/">{t('回到工作台', 'Back to the desk')}</Link>
				</Empty>
			</div>
		</Page>
	);
}
