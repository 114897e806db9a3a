/** wire tests and browser tests */
export {};
