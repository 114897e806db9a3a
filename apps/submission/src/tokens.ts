/** What providers are known by: everything is wired by hand, nothing by reflection. */
export const CONFIGURATION = Symbol('configuration');
export const LOG = Symbol('log');
export const STORE = Symbol('store');
export const STORE_LIFETIME = Symbol('lifetime of the store');
export const ALARM = Symbol('alarm clock');
export const POLICY = Symbol('policy');
export const CLIENTS = Symbol('clients');
export const SESSIONS = Symbol('sessions');
export const GUARD = Symbol('guard');
export const GUESSES = Symbol('guesses');
export const RATES = Symbol('rates');
export const CLIENT_CERTIFICATES = Symbol('client certificates');
export const ROUTES = Symbol('routes');
export const SUPPRESSIONS = Symbol('suppressions');
export const RETURNED = Symbol('policy of returned mail');
export const EVENT_LOOP = Symbol('watch of the event loop');
export const METRICS = Symbol('metrics');
