"""Words that are not taken as a password, nor with digits or signs around them: the commonest, vi and en."""

_WORDS = """
000000 0000000000 0123456789 0987654321 1111111111 1122334455 112233445566 123123123 1231231231
123321123321 1234512345 123456 1234567 12345678 123456789 1234567890 12345678910 147258369 1472583690
159753 1q2w3e4r 1q2w3e4r5t 1qaz2wsx 1qaz2wsx3edc 2222222222 3333333333 5555555555 6666666666 741852963
7777777777 789456123 7894561230 8888888888 987654321 9876543210 9999999999 a1b2c3d4e5 aaaaaaaaaa abc
abc123 abcd abcd1234 abcdef abcdefgh abcdefghij abcdefghijk admin admin123 administrator anhyeuem
anhyeuemnhieu asdfghjkl asdfghjkl123 baseball batman bophanmotcua canbo canbomotcua cantho changeit
changeme chutich chuyenvien computer congdan danang default dichvucong dichvucongquocgia dienbienphu
dragon emyeuanh football guest guestguest haiphong hanhchinh hanhchinhcong hanoi hanoi123 hethong
hochiminh hoso hosocongdan iloveyou iloveyou1 internet iuem jordan khongbiet khongcomatkhau khongconho
lanhdao letmein login manager master matkhau matkhau123 matkhauadmin matkhaucuatoi matkhaumoi
matkhautamthoi michael monkey motcua motcuadientu motcualienthong mothaibabonnam nhoanh nhoem p@ssw0rd
p@ssword pass1234 passpass passw0rd password password1 passwords phochutich phuongxa princess q1w2e3r4t5
qazwsxedc quanhuyen quanly quantri quantrihethong quantrivien qwerty qwerty123 qwertyuiop qwertyuiop123
root saigon saigon123 secret sunshine superadmin superman thanhphohochiminh tiepdan tiepnhan tiepnhanhoso
toiquenroi toiyeuvietnam topsecret ubnd ubndphuong ubndtinh ubndxa user username uyban uybannhandan
vietnam vietnam123 vietnamvodich vietnamyeudau welcome welcome1 xinchao xinchaovietnam yeuanh yeuem
zxcvbnm zxcvbnm123
"""

COMMON = frozenset(_WORDS.split())
