/** What other programs put on the clipboard, and the cells it means. Made after the public descriptions of their formats. */
export interface Payload {
  from: string
  plain?: string
  html?: string
  cells: string[][]
}

const excelHtml = (body: string): string =>
  `<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><style><!--table {mso-displayed-decimal-separator:"\\.";} .xl65 {mso-number-format:"\\@";}--></style></head><body link=blue><!--StartFragment--><table border=0 cellpadding=0 cellspacing=0 style='border-collapse:collapse'>${body}</table><!--EndFragment--></body></html>`

export const PAYLOADS: Payload[] = [
  {
    from: 'Excel: text with a terminator, beside its table',
    plain: '张三\t5\r\n李四\t4.5\r\n',
    html: excelHtml('<tr height=19><td height=19>张三</td><td align=right>5</td></tr><tr><td>李四</td><td>4.5</td></tr>'),
    cells: [
      ['张三', '5'],
      ['李四', '4.5'],
    ],
  },
  {
    from: 'Excel: a line break, a tab and quotes inside a cell',
    plain: '"一\n二"\t"a\tb"\t"说""好"""\r\n',
    cells: [['一\n二', 'a\tb', '说"好"']],
  },
  {
    from: 'Excel: the last row is empty',
    plain: '1\t2\r\n\t\r\n',
    cells: [
      ['1', '2'],
      ['', ''],
    ],
  },
  { from: 'Excel: the last cell of one column is empty', plain: '1\r\n\r\n', cells: [['1'], ['']] },
  { from: 'Excel: one empty cell', plain: '\r\n', cells: [['']] },
  {
    from: 'Excel for Mac: bare carriage returns',
    plain: '1\t2\r3\t4\r',
    cells: [
      ['1', '2'],
      ['3', '4'],
    ],
  },
  { from: 'Excel: numbers as they are formatted', plain: '"1,234.50"\t95%\t¥3\r\n', cells: [['1,234.50', '95%', '¥3']] },
  {
    from: 'WPS: text with a terminator and no-break spaces',
    plain: '合计\u00a0\t１２．５\r\n',
    cells: [['合计 ', '１２．５']],
  },
  { from: 'WPS: a lone cell with a line break', plain: '"一\r\n二"\r\n', cells: [['一\n二']] },
  {
    from: 'LibreOffice: line feeds, the last row terminated',
    plain: '1\t2\n3\t4\n',
    cells: [
      ['1', '2'],
      ['3', '4'],
    ],
  },
  {
    from: 'LibreOffice: the table alone; a formula is its value',
    html: '<!DOCTYPE html><html><head><meta name="generator" content="LibreOffice 24.8"/><style type="text/css">td{font-size:x-small}</style></head><body><table cellspacing="0" border="0"><colgroup span="2" width="85"></colgroup><tr><td height="17" align="left">甲</td><td align="right" sdval="0.3" sdnum="1033;"><font>0.3</font></td></tr></table></body></html>',
    cells: [['甲', '0.3']],
  },
  {
    from: 'Google Sheets: no terminator',
    plain: '1\t2\n3\t',
    cells: [
      ['1', '2'],
      ['3', ''],
    ],
  },
  {
    from: 'Google Sheets: the table alone',
    html: '<meta charset="utf-8"><google-sheets-html-origin><style type="text/css"><!--td {border: 1px solid #ccc;}br {mso-data-placement:same-cell;}--></style><table xmlns="http://www.w3.org/1999/xhtml" cellspacing="0" data-sheets-root="1"><colgroup><col width="100"/><col width="100"/></colgroup><tbody><tr><td data-sheets-value="{&quot;1&quot;:3,&quot;3&quot;:7}" data-sheets-formula="=SUM(R[1]C)">7</td><td>一<br/>二 &amp; 三</td></tr></tbody></table>',
    cells: [['7', '一\n二 & 三']],
  },
  {
    from: 'a browser: cells over several rows and columns',
    html: '<table><thead><tr><th colspan="2">姓名</th><th>分</th></tr></thead><tbody><tr><td rowspan="2">甲</td><td>乙</td><td>1</td></tr><tr><td>丙</td><td>2</td></tr></tbody></table>',
    cells: [
      ['姓名', '', '分'],
      ['甲', '乙', '1'],
      ['', '丙', '2'],
    ],
  },
  {
    from: 'a browser: text that runs the cells of its table together',
    plain: '甲 乙',
    html: '<table><tr><td>甲</td><td>乙</td></tr></table>',
    cells: [['甲', '乙']],
  },
  { from: 'a browser: a word out of a page, in markup', plain: '好', html: '<b>好</b>', cells: [['好']] },
  {
    from: 'a browser: a table for looks around one word',
    plain: '好 的',
    html: '<table><tr><td>好的</td></tr></table>',
    cells: [['好 的']],
  },
  {
    from: 'Excel: hidden rows, columns and cells of the table alone',
    html: excelHtml(
      "<col width=72><col width=0 style='display:none;mso-width-source:userset'><col width=72><tr><td>1</td><td>x</td><td>2</td></tr><tr height=0 style='display:none'><td>y</td><td>y</td><td>y</td></tr><tr><td>3</td><td>x</td><td>4</td></tr>",
    ),
    cells: [
      ['1', '2'],
      ['3', '4'],
    ],
  },
  {
    from: 'Word: paragraphs inside cells, white space of the markup',
    html: '<table>\n <tr>\n  <td><p class=MsoNormal>第一\n  段</p><p>第二段</p></td>\n  <td>&nbsp;</td>\n </tr>\n</table>',
    cells: [['第一 段\n第二段', '']],
  },
]
