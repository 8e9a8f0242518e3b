// SPDX-License-Identifier: Apache-2.0
// antd puts aria-required on the select's frame, where no such attribute may stand.
import { Select as Antd, type SelectProps } from 'antd';

export function Select({ 'aria-required': _, ...props }: SelectProps & { 'aria-required'?: unknown }) {
	return <Antd {...props} />;
}
