"""Where the boxes of a mock paper stand, after the forms that officers know. What is in a box is said in the model.

A layout is a list of bands from top to bottom; LINES is the table of goods. A band has stacks side by side, each with
its share of the width and its rows. A row is its least height in millimetres and the names of its boxes, `name:2` for
one twice as wide; `@word` is printed large. Boxes named `a+b` share one frame. Papers without a layout have their
boxes in pairs.
"""

from __future__ import annotations

LINES = "lines"
Stack = tuple[int, tuple[str, ...]]
Band = tuple[Stack, ...]
Layout = tuple[Band | str, ...]

LAYOUTS: dict[str, Layout] = {
    "cmr": (
        (
            (50, ("20 consignor", "20 consignee", "13 delivery_place", "13 loading_place+loading_date", "13 attached")),
            (50, ("20 @CMR cmr_number", "20 carrier", "13 tractor_plate+trailer_plate", "13 successive",
                  "13 reservations")),
        ),
        LINES,
        ((100, ("12 container_number:2 packages gross_kg",)),),
        ((50, ("14 seal_number", "11 payment", "11 made_at")), (50, ("11 agreements", "11 to_pay", "14 cash"))),
        ((34, ("28 consignor_signature",)), (33, ("10 driver", "18 carrier_signature")), (33, ("28 received",))),
    ),
    "cmr-2007": (
        (
            (50, ("20 consignor", "20 consignee", "13 loading_place+loading_date", "13 delivery_place",
                  "13 instructions")),
            (50, ("20 @CMR cmr_number", "20 carrier+tractor_plate+trailer_plate", "11 successive", "11 reservations",
                  "17 attached")),
        ),
        LINES,
        ((100, ("12 container_number:2 packages gross_kg",)),),
        ((50, ("11 agreements", "14 seal_number")), (50, ("11 to_pay", "7 cash", "7 made_at"))),
        ((34, ("28 consignor_signature",)), (33, ("10 driver", "18 carrier_signature")), (33, ("28 received",))),
    ),
    "declaration": (
        (
            (54, ("13 consignor", "13 consignee", "13 declarant", "12 tractor_plate+trailer_plate:2 in_container",
                  "10 active_transport", "10 border_mode inland_mode unloading", "12 office goods_at")),
            (46, ("10 procedure forms lists", "11 items:3 packages:4 declaration_number:9", "11 responsible",
                  "11 first_country trading customs_value:2", "11 dispatch_country", "11 origin",
                  "11 destination_country terms", "11 currency:3 total_value:4 rate:4 nature:3")),
        ),
        LINES,
        ((54, ("12 container_number",)), (46, ("12 gross_kg net_kg",))),
        ((54, ("12 invoice_number+cmr_number",)), (46, ("12 value_method statistical",))),
        ((54, ("16 charges",)), (46, ("8 deferral warehouse", "8 principal"))),
        ((54, ("24 control",)), (46, ("24 declarant_signature:3 declaration_date:2",))),
    ),
    "origin-certificate": (
        (
            (50, ("20 consignor", "20 consignee", "16 transport")),
            (50, ("28 certificate", "14 origin", "14 for_official_use")),
        ),
        LINES,
        ((50, ("13 invoice_number",)), (50, ("13 gross_kg",))),
        ((50, ("34 issuer_signature",)), (50, ("34 exporter_statement",))),
    ),
    "invoice": (
        (
            (58, ("24 consignor", "20 consignee")),
            (42, ("14 invoice_number", "14 invoice_date", "16 contract")),
        ),
        ((100, ("12 terms:3 origin:5 currency:4",)),),
        LINES,
        ((58, ("26 consignor_signature",)), (42, ("13 total_value", "13 bank"))),
    ),
    "packing-list": (
        (
            (58, ("18 consignor", "18 consignee")),
            (42, ("18 invoice_number", "18 container_number")),
        ),
        LINES,
        ((100, ("12 packages net_kg gross_kg",)),),
        ((58, ("24 consignor_signature",)), (42, ("24 packed_by",))),
    ),
    "bill-of-lading": (
        (
            (50, ("20 consignor", "20 consignee", "20 notify")),
            (50, ("20 bill_number", "13 vessel", "13 loading_place", "14 delivery_place")),
        ),
        ((100, ("12 container_number:2 seal_number:2 loading_date",)),),
        LINES,
        ((100, ("12 packages gross_kg freight originals",)),),
        ((50, ("26 carrier_signature",)), (50, ("26 clause",))),
    ),
    "manifest": (
        ((60, ("15 carrier", "12 tractor_plate trailer_plate")), (40, ("15 manifest_number", "12 border_date"))),
        ((100, ("12 container_number seal_number consignee:2",)),),
        LINES,
        ((100, ("12 packages gross_kg",)),),
        ((50, ("24 carrier_signature",)), (50, ("24 customs_stamp",))),
    ),
    "tir-carnet": (
        ((40, ("34 @TIR",)), (60, ("17 tir_number", "17 tir_valid_until"))),
        ((100, ("16 tir_association", "18 tir_holder")),),
        ((50, ("13 association_stamp",)), (50, ("13 secretary_stamp",))),
        ((100, ("13 dispatch_country", "13 destination_country", "13 tractor_plate trailer_plate",
                "13 vehicle_approval", "13 container_number", "16 remarks")),),
        ((60, ("26 holder_signature",)), (40, ("26 carnet_note",))),
    ),
    "tir-voucher": (
        ((30, ("24 @TIR",)), (35, ("24 tir_number",)), (35, ("12 office_departure", "12 loading_date"))),
        ((60, ("16 tir_holder",)), (40, ("8 dispatch_country", "8 destination_country"))),
        ((60, ("13 tractor_plate trailer_plate",)), (40, ("13 vehicle_approval",))),
        LINES,
        ((40, ("13 packages gross_kg",)), (60, ("13 seal_number",))),
        ((50, ("28 holder_declaration",)), (50, ("28 departure_signature",))),
        ((100, ("26 counterfoil",)),),
    ),
    "approval-certificate": (
        ((35, ("26 @TIR",)), (65, ("13 vehicle_approval", "13 approval_until"))),
        ((100, ("14 tir_holder", "14 trailer_plate trailer_vin", "16 vehicle_type")),),
        ((50, ("40 issuer_signature",)), (50, ("40 photographs",))),
    ),
    "adr-document": (
        ((60, ("17 consignor", "17 consignee")), (40, ("12 cmr_number", "11 carrier", "11 driver"))),
        ((100, ("12 tractor_plate trailer_plate gross_kg",)),),
        ((100, ("14 un_number shipping_name:4 adr_class:2",)),),
        ((100, ("12 driver_adr_until tank_until",)),),
        ((100, ("13 instructions_carried",)),),
        ((50, ("28 consignor_signature",)), (50, ("28 emergency",))),
    ),
    "vehicle-papers": (
        ((100, ("13 carrier",)),),
        ((50, ("13 tractor_plate", "13 tractor_vin", "13 tractor_tare_kg")),
         (50, ("13 trailer_plate", "13 trailer_vin", "13 trailer_tare_kg"))),
        ((50, ("14 vehicle_approval", "14 approval_until")), (50, ("28 issuer_signature",))),
    ),
}  # fmt: skip
TICKETS = ("weighbridge",)  # printed as a narrow slip
LEDGERS = {"seal-log": 6}  # one line of a book, with so many empty ones below
EMPTY_LINES = {"cmr": 3, "cmr-2007": 3, "bill-of-lading": 4, "manifest": 4, "invoice": 2, "packing-list": 4,
               "tir-voucher": 2, "origin-certificate": 4}  # fmt: skip
