/** a typed client of the admin API */
export {};
