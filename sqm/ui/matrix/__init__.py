"""The matrix, its cells and its workbook."""
