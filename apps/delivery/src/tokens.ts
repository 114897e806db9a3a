/** What providers are known by: everything is wired by hand, nothing by reflection. */
export const CONFIGURATION = Symbol('configuration');
export const LOG = Symbol('log');
export const STORE = Symbol('store');
export const STORE_LIFETIME = Symbol('lifetime of the store');
export const CONTEXT = Symbol('delivery context');
export const KEEPING = Symbol('keeping of sending domains');
export const STOPPING = Symbol('stopping');
export const REACH = Symbol('what mail reaches the outside through');
export const RESULTS = Symbol('results of TLS');
export const EVENT_LOOP = Symbol('watch of the event loop');
export const METRICS = Symbol('metrics');
