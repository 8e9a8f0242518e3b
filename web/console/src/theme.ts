// SPDX-License-Identifier: Apache-2.0
// The console's look: a ledger.  Warm paper, thin rules, ink, one deep green-blue for what can be
// done, vermilion (朱批) only for what is late or wrong.  Every text colour has at least 4.5:1 on
// the ground it stands on.
import type { ThemeConfig } from 'antd';

export const ink = '#1d2528';
export const ink2 = '#465257';
export const ink3 = '#5d696e';
export const line = '#d8d9d1';
export const lineStrong = '#8b9490';
export const paper = '#f4f3ed';
export const teal = '#0d5c63';
export const tealDeep = '#12393d';
export const tealSoft = '#e4eeed';
export const red = '#a8321f';
export const amber = '#7a5000';
export const green = '#2b6541';

/** For charts: distinguishable in grey too. */
export const series = ['#0d5c63', '#c9882b', '#7b8f4b', '#a8321f', '#6b5b95', '#8b9490'];

const font =
	'"PingFang SC", "Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "Segoe UI", Roboto, sans-serif';

export const theme: ThemeConfig = {
	hashed: false,
	token: {
		colorPrimary: teal,
		colorLink: teal,
		colorLinkHover: '#0a4449',
		colorLinkActive: '#0a4449',
		colorError: red,
		colorWarning: amber,
		colorSuccess: green,
		colorInfo: teal,
		colorText: ink,
		colorTextSecondary: ink2,
		colorTextTertiary: ink3,
		colorTextDescription: ink3,
		colorTextPlaceholder: '#666f72',
		colorTextDisabled: '#666f72',
		colorBorder: '#aeb3ac',
		colorBorderSecondary: line,
		colorBgLayout: paper,
		borderRadius: 3,
		borderRadiusLG: 4,
		borderRadiusSM: 2,
		fontFamily: font,
		fontSize: 14,
		controlHeight: 34,
		boxShadow: '0 6px 24px rgba(18, 57, 61, 0.16)',
		boxShadowSecondary: '0 4px 16px rgba(18, 57, 61, 0.14)',
		motionDurationSlow: '0.16s',
		motionDurationMid: '0.12s',
		wireframe: false,
	},
	components: {
		Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', fontWeight: 500 },
		Form: { itemMarginBottom: 18, labelColor: ink2, verticalLabelPadding: '0 0 4px' },
		Tabs: { horizontalItemPadding: '10px 2px', horizontalItemGutter: 28, titleFontSize: 15 },
		Drawer: { paddingLG: 20 },
		Modal: { titleFontSize: 17 },
	},
};
