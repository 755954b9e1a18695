declare const MSPORTAL_VERSION: string | undefined;

/** From package.json at build time; unbuilt, in tests, it has none. */
export const version = typeof MSPORTAL_VERSION === 'undefined' ? '0.0.0-source' : MSPORTAL_VERSION;
