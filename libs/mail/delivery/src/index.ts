/** takes mail out: lanes, mail hosts, attempts, outcomes */
export {};
