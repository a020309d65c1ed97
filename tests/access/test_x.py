import time
def test_x(scene, before):
    print(before.output, len(before.addresses))
    t=time.time(); assert not before.public_differences(); print(time.time()-t)
    t=time.time(); assert not before.lost_texts(); print(time.time()-t)
