/** a clock that tests move */
export {};
