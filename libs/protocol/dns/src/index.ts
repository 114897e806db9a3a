/** names, records, special-use addresses, the order of mail hosts */
export {};
