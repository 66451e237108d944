/* Where and why a data file was refused:
 * "services/sku.json:41: constraint: unknown question 'nik2'". */
#pragma once

struct fault {
    char text[480];
};
