"""Writers: one document as a web page, a Word file, a PDF and a workbook."""
