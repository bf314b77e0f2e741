/**
 * The oldest browsers that the pages are made for: tablets and phones of about 2018, which get no newer one, and the Firefox of 2020, which
 * everybody with a Firefox has left behind.
 */
export const oldestBrowsers = { chrome: '69', safari: '12.1', firefox: '78' }
