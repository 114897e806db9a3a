/** What passwords of upstream smarthosts are sealed for. */
export const UPSTREAM_PASSWORD = 'upstream password';
