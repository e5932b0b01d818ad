"""The 77 provinces: names, codes of the Ministry of the Interior, initials and primary area offices."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Province:
    """One province."""

    name: str
    """Thai name without จังหวัด."""
    moi_code: str
    """Two digits, Ministry of the Interior."""
    initials: str
    """Two letters as in ``สพป.นฐ.2``."""
    primary_offices: int
    """Number of primary area offices (สพป.), as listed by the ministry in 2022."""


PROVINCES: tuple[Province, ...] = tuple(
    Province(name, code, initials, int(offices))
    for name, code, initials, offices in (
        row.split()
        for row in """
กรุงเทพมหานคร 10 กท 1
สมุทรปราการ 11 สป 2
นนทบุรี 12 นบ 2
ปทุมธานี 13 ปท 2
พระนครศรีอยุธยา 14 อย 2
อ่างทอง 15 อท 1
ลพบุรี 16 ลบ 2
สิงห์บุรี 17 สห 1
ชัยนาท 18 ชน 1
สระบุรี 19 สบ 2
ชลบุรี 20 ชบ 3
ระยอง 21 รย 2
จันทบุรี 22 จบ 2
ตราด 23 ตร 1
ฉะเชิงเทรา 24 ฉช 2
ปราจีนบุรี 25 ปจ 2
นครนายก 26 นย 1
สระแก้ว 27 สก 2
นครราชสีมา 30 นม 7
บุรีรัมย์ 31 บร 4
สุรินทร์ 32 สร 3
ศรีสะเกษ 33 ศก 4
อุบลราชธานี 34 อบ 5
ยโสธร 35 ยส 2
ชัยภูมิ 36 ชย 3
อำนาจเจริญ 37 อจ 1
บึงกาฬ 38 บก 1
หนองบัวลำภู 39 นภ 2
ขอนแก่น 40 ขก 5
อุดรธานี 41 อด 4
เลย 42 ลย 3
หนองคาย 43 นค 2
มหาสารคาม 44 มค 3
ร้อยเอ็ด 45 รอ 3
กาฬสินธุ์ 46 กส 3
สกลนคร 47 สน 3
นครพนม 48 นพ 2
มุกดาหาร 49 มห 1
เชียงใหม่ 50 ชม 6
ลำพูน 51 ลพ 2
ลำปาง 52 ลป 3
อุตรดิตถ์ 53 อต 2
แพร่ 54 พร 2
น่าน 55 นน 2
พะเยา 56 พย 2
เชียงราย 57 ชร 4
แม่ฮ่องสอน 58 มส 2
นครสวรรค์ 60 นว 3
อุทัยธานี 61 อน 2
กำแพงเพชร 62 กพ 2
ตาก 63 ตก 2
สุโขทัย 64 สท 2
พิษณุโลก 65 พล 3
พิจิตร 66 พจ 2
เพชรบูรณ์ 67 พช 3
ราชบุรี 70 รบ 2
กาญจนบุรี 71 กจ 4
สุพรรณบุรี 72 สพ 3
นครปฐม 73 นฐ 2
สมุทรสาคร 74 สค 1
สมุทรสงคราม 75 สส 1
เพชรบุรี 76 พบ 2
ประจวบคีรีขันธ์ 77 ปข 2
นครศรีธรรมราช 80 นศ 4
กระบี่ 81 กบ 1
พังงา 82 พง 1
ภูเก็ต 83 ภก 1
สุราษฎร์ธานี 84 สฎ 3
ระนอง 85 รน 1
ชุมพร 86 ชพ 2
สงขลา 90 สข 3
สตูล 91 สต 1
ตรัง 92 ตง 2
พัทลุง 93 พท 2
ปัตตานี 94 ปน 3
ยะลา 95 ยล 3
นราธิวาส 96 นธ 3
""".strip().splitlines()
    )
)
"""In order of their codes."""
